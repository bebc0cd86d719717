import { type CheckResult, unknownResult } from '#domain'
import { Deadline } from '../net/deadline.ts'
import { Failure } from '../net/failure.ts'
import { type Address, type Lookup, resolve } from '../net/resolve.ts'
import type { ProbeContext } from '../probe.ts'
import { type PingAddress, pingAddress } from './addresses.ts'
import { DEFAULT_MAX_PACKET_LOSS, DEFAULT_PACKET_SIZE, DEFAULT_PACKETS, type PingConfig } from './config.ts'
import type { Family } from './echo-packet.ts'
import type { Echoes } from './echoes.ts'
import { hostIn } from './host.ts'
import type { ProgramAnswer, ProgramRun } from './ping-program.ts'
import { lossOf, type Measured, measuredOf, type PingOutcome, pingResult } from './ping-result.ts'
import { runPing } from './ping-run.ts'
import { unsentFailure } from './ping-words.ts'

/** How a check reaches out. */
export interface PingMeans {
  lookup: Lookup
  echoes: { readonly [family in Family]: Echoes }
  /** The system's `ping`, where no socket can be opened. */
  program(run: ProgramRun): Promise<ProgramAnswer | Failure>
}

/** The program is told to end this long before the deadline, so that it can sum up. */
const SUM_UP_MS = 100

/** Pings the host of `url` once, as often as the configuration says. */
export async function checkPing(
  means: PingMeans,
  url: string,
  config: PingConfig,
  context: ProbeContext,
): Promise<CheckResult> {
  const host = hostIn(url)
  if (host === null) return unknownResult(`url: expected a host such as example.com, got ${JSON.stringify(url)}`)
  const { clock, signal, targets, timeoutMs } = context
  const outcome: PingOutcome = { dnsMs: null, measured: null, failure: null, tried: [], packets: [], note: null }
  const deadline = new Deadline(clock, signal, timeoutMs)
  try {
    const startMs = clock.monotonicMs()
    const addresses =
      deadline.failure ?? (await resolve(host, config.ipVersion ?? 'any', targets, means.lookup, deadline))
    if (addresses instanceof Failure) outcome.failure = addresses
    else {
      if (addresses[0]?.address !== host) outcome.dnsMs = clock.monotonicMs() - startMs
      const leftMs = timeoutMs - (clock.monotonicMs() - startMs)
      await tryAddresses(addresses, { means, config, context, deadline, leftMs, outcome })
    }
    return pingResult(outcome)
  } finally {
    deadline.close()
  }
}

interface Attempt {
  means: PingMeans
  config: PingConfig
  context: ProbeContext
  deadline: Deadline
  leftMs: number
  outcome: PingOutcome
}

/** What came of one address. */
interface Tried {
  /** False when nothing could be sent to it: the next one is tried. */
  isMeasured: boolean
  failure: Failure | null
}

/** The first address that packets can be sent to is the one that counts, whatever it answers. */
async function tryAddresses(addresses: readonly Address[], attempt: Attempt): Promise<void> {
  const { outcome, deadline } = attempt
  for (const { address } of addresses) {
    const { isMeasured, failure } = await tryAddress(address, attempt)
    const isCalledOff = deadline.failure?.unmeasured === true
    outcome.failure = isCalledOff ? deadline.failure : failure
    if (failure !== null && !isMeasured) outcome.tried.push({ address, error: failure.sentence })
    if (isMeasured || isCalledOff || deadline.failure !== null) return
  }
}

async function tryAddress(text: string, attempt: Attempt): Promise<Tried> {
  const { means, config, context, deadline, leftMs, outcome } = attempt
  const address = pingAddress(text)
  const echoes = means.echoes[address.family]
  const lack = echoes.ready()
  if (lack?.code === 'EAFNOSUPPORT') return { isMeasured: false, failure: unsentFailure(lack.code, text) }
  if (lack !== null) return useProgram(address, lack.reason, attempt)
  const packets = config.packets ?? DEFAULT_PACKETS
  const dataBytes = config.packetSize ?? DEFAULT_PACKET_SIZE
  const plan = { address, packets, dataBytes, clock: context.clock, timeoutMs: leftMs }
  const seen = await runPing(plan, (echo) => echoes.send(echo), deadline)
  if (seen.unsent !== null) return { isMeasured: false, failure: unsentFailure(seen.unsent, text) }
  outcome.packets = seen.packets
  outcome.measured = measuredOf(seen.packets, text, address.family)
  return { isMeasured: true, failure: judge(outcome.measured, attempt) }
}

async function useProgram({ text, family }: PingAddress, because: string, attempt: Attempt): Promise<Tried> {
  const { means, config, context, deadline, leftMs, outcome } = attempt
  deadline.begin('while the ping program ran', () => {})
  const packets = config.packets ?? DEFAULT_PACKETS
  const dataBytes = config.packetSize ?? DEFAULT_PACKET_SIZE
  const timeoutMs = Math.max(1, leftMs - SUM_UP_MS)
  const answer = await means.program({ address: text, packets, dataBytes, timeoutMs, signal: context.signal, because })
  if (answer instanceof Failure) return { isMeasured: false, failure: answer }
  const { min, avg, max, contradiction, isAlive } = answer
  // The exit status decides; counts that say otherwise are noted and not believed.
  const received = contradiction !== null ? null : (answer.received ?? (isAlive ? null : 0))
  const sent = answer.sent ?? packets
  const measured: Measured = { method: 'program', address: text, family, sent, received, min, avg, max }
  outcome.note = contradiction
  outcome.measured = measured
  return {
    isMeasured: true,
    failure: isAlive ? judge(measured, attempt) : silence(text, sent, context.timeoutMs, contradiction),
  }
}

/** Null for a good measurement, else what is wrong with it. */
function judge(measured: Measured, { config, context, outcome }: Attempt): Failure | null {
  const loss = lossOf(measured)
  const most = config.maxPacketLoss ?? DEFAULT_MAX_PACKET_LOSS
  if (loss === null || loss <= most) return null
  const { received, sent, address } = measured
  if (received !== 0) return tooMuchLoss(loss, most, `${received} of ${sent}`)
  const refusal = outcome.packets.find((packet) => packet.refusal !== null)?.refusal ?? null
  return refusal === null ? silence(address, sent, context.timeoutMs, null) : refused(address, refusal)
}

function silence(address: string, sent: number, timeoutMs: number, note: string | null): Failure {
  const packets = sent === 1 ? '1 packet' : `${sent} packets`
  const aside = note === null ? '' : ` (${note})`
  return new Failure({
    sentence: `expected a reply from ${address}, got none to ${packets} within ${timeoutMs} ms${aside}`,
    category: 'NETWORK_TIMEOUT',
  })
}

function refused(address: string, refusal: string): Failure {
  if (/^E[A-Z]+$/.test(refusal)) return unsentFailure(refusal, address)
  return new Failure({ sentence: `${address} can't be reached: ${refusal}`, category: 'INFRASTRUCTURE' })
}

function tooMuchLoss(loss: number, most: number, answered: string): Failure {
  return new Failure({
    sentence: `packet loss: expected at most ${most} %, got ${loss} % (${answered} packets answered)`,
    category: 'NETWORK_TIMEOUT',
  })
}
