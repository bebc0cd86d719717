import { type CheckResult, type Json, NO_PHASES } from '#domain'
import { socketName } from '../net/connect-failure.ts'
import { Deadline } from '../net/deadline.ts'
import { dial, type FailedAttempt } from '../net/dial.ts'
import { Failure, judged } from '../net/failure.ts'
import { type Address, type Lookup, resolve } from '../net/resolve.ts'
import type { ProbeContext } from '../probe.ts'
import { ReceivedBytes } from './answer.ts'
import type { PortConfig } from './config.ts'
import { showBytes } from './escapes.ts'
import { type PortPlan, planOf } from './plan.ts'
import { converse } from './tcp.ts'
import { converseOverUdp, type UdpOutcome } from './udp.ts'

/** What a PORT check takes from the machine. */
export interface PortDeps {
  lookup: Lookup
}

/** How much of an answer is shown, and how much is kept with an incident. */
const SAMPLE = 200
const EVIDENCE = 4_096

/** What a check saw, whatever became of it. */
interface Seen {
  phases: CheckResult['phases']
  address: Address | null
  received: ReceivedBytes
  answer: UdpOutcome['answer'] | null
  /** Addresses that failed, each with its own error. */
  attempts: FailedAttempt[]
  /** Null until something was measured. */
  tookMs: number | null
}

/** Opens a port, or sends a datagram to it, and judges the answer. See `portProbe`. */
export async function checkPort(
  url: string,
  config: PortConfig,
  context: ProbeContext,
  deps: PortDeps,
): Promise<CheckResult> {
  const seen: Seen = {
    phases: { ...NO_PHASES },
    address: null,
    received: new ReceivedBytes(),
    answer: null,
    attempts: [],
    tookMs: null,
  }
  const plan = planOf(url, config)
  if (Array.isArray(plan)) {
    const sentence = plan.map(({ path, message }) => `${path}: ${message}`).join('; ')
    return resultOf(null, seen, new Failure({ sentence, category: 'CONFIGURATION_ERROR' }))
  }
  const { clock, signal, targets, timeoutMs } = context
  const deadline = new Deadline(clock, signal, timeoutMs)
  const startMs = clock.monotonicMs()
  try {
    const resolving = resolve(plan.host, plan.ipVersion, targets, deps.lookup, deadline)
    const addresses = resolving instanceof Promise ? await resolving : resolving
    if (resolving instanceof Promise) seen.phases.dns = clock.monotonicMs() - startMs
    if (addresses instanceof Failure) return resultOf(plan, seen, addresses)
    const over = plan.protocol === 'TCP' ? overTcp : overUdp
    return resultOf(plan, seen, await over(plan, addresses, seen, context, deadline, startMs))
  } finally {
    deadline.close()
  }
}

async function overUdp(
  plan: PortPlan,
  addresses: readonly Address[],
  seen: Seen,
  { clock, timeoutMs }: ProbeContext,
  deadline: Deadline,
  startMs: number,
): Promise<Failure | null> {
  const { attempts } = seen
  const outcome = await converseOverUdp({ plan, addresses, clock, deadline, timeoutMs, attempts })
  Object.assign(seen, { address: outcome.address, received: outcome.received, answer: outcome.answer })
  seen.phases.firstByte = outcome.firstByteMs
  // Of silence there is nothing to measure.
  if (outcome.firstByteMs !== null) seen.tookMs = clock.monotonicMs() - startMs
  return outcome.failure
}

async function overTcp(
  plan: PortPlan,
  addresses: readonly Address[],
  seen: Seen,
  { clock }: ProbeContext,
  deadline: Deadline,
  startMs: number,
): Promise<Failure | null> {
  const dialMs = clock.monotonicMs()
  const dialed = await dial(addresses, plan.port, deadline, clock, seen.attempts)
  if (dialed instanceof Failure) return dialed
  seen.phases.connect = clock.monotonicMs() - dialMs
  seen.address = dialed.address
  const { socket } = dialed
  try {
    if (plan.sendData === null && plan.expected === null) return null
    const where = socketName(dialed.address.address, plan.port)
    const { firstByteMs, failure } = await converse(socket, plan, where, seen.received, deadline, clock)
    seen.phases.firstByte = firstByteMs
    return failure
  } finally {
    socket.destroy()
    seen.tookMs = clock.monotonicMs() - startMs
  }
}

function resultOf(plan: PortPlan | null, seen: Seen, failure: Failure | null): CheckResult {
  return {
    ...judged(failure),
    responseTimeMs: seen.tookMs,
    phases: seen.phases,
    statusCode: null,
    details: plan === null ? null : detailsOf(plan, seen),
    evidence: failure === null ? null : evidenceOf(seen),
  }
}

function evidenceOf({ attempts, received, phases }: Seen): Json {
  return {
    addresses: attempts.map(({ address, error }) => ({ address, error })),
    received: showBytes(received.bytes, EVIDENCE),
    phases: { ...phases },
  }
}

function detailsOf({ protocol, port, expected }: PortPlan, { address, received, answer, attempts }: Seen): Json {
  const details: { [name: string]: Json } = {
    protocol,
    address: address?.address ?? null,
    family: address?.family ?? null,
    port,
  }
  if (answer !== null) details['answer'] = answer
  if (answer === 'silent') details['note'] = 'no answer: open or filtered'
  if (expected !== null || answer === 'answered') details['received'] = showBytes(received.bytes, SAMPLE)
  if (attempts.length > 0) details['failed'] = attempts.map(({ address, error }) => ({ address, error }))
  return details
}
