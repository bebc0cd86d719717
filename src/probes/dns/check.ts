import { type CheckResult, type Json, NO_PHASES } from '#domain'
import { socketName } from '../net/connect-failure.ts'
import { Deadline } from '../net/deadline.ts'
import { Failure, judged } from '../net/failure.ts'
import { type Lookup, resolve } from '../net/resolve.ts'
import type { ProbeContext } from '../probe.ts'
import type { AnswerRecord, DnsAnswer } from './answer.ts'
import { type Asked, askServers } from './ask.ts'
import type { DnsConfig } from './config.ts'
import { mismatch } from './expectation.ts'
import { type DnsPlan, planOf } from './plan.ts'
import { type ServerAddress, serverAddress } from './server.ts'

/** What a DNS check takes from the machine. */
export interface DnsDeps {
  /** Finds the address of a server that is given by name. */
  lookup: Lookup
  systemServers: () => ServerAddress[]
  randomId: () => number
}

/** How long the first question may be unanswered before the next is sent; less where the deadline is near. */
const PATIENCE_MS = 1_000
const MAX_SERVERS = 4
const MAX_RECORDS = 50
const MAX_VALUE = 1_000

/** Asks for the records of a name and judges them. See `dnsProbe`. */
export async function checkDns(
  url: string,
  config: DnsConfig,
  context: ProbeContext,
  deps: DnsDeps,
): Promise<CheckResult> {
  const plan = planOf(url, config)
  if (Array.isArray(plan)) {
    const sentence = plan.map(({ path, message }) => `${path}: ${message}`).join('; ')
    return resultOf(null, null, new Failure({ sentence, category: 'CONFIGURATION_ERROR' }))
  }
  const { clock, timeoutMs } = context
  const deadline = new Deadline(clock, context.signal, timeoutMs)
  try {
    const servers = await serversOf(plan, context, deps, deadline)
    if (servers instanceof Failure) return resultOf(plan, null, servers)
    const patienceMs = Math.min(PATIENCE_MS, timeoutMs / 4)
    const asked = await askServers({ plan, servers, clock, deadline, patienceMs, randomId: deps.randomId })
    return resultOf(plan, asked, judge(plan, asked))
  } finally {
    deadline.close()
  }
}

/**
 * The servers to ask. The policy judges those that a user names; the machine's own resolvers are its operator's choice,
 * and often private or link-local.
 */
async function serversOf(
  { server }: DnsPlan,
  { targets }: ProbeContext,
  { lookup, systemServers }: DnsDeps,
  deadline: Deadline,
): Promise<ServerAddress[] | Failure> {
  if (server === null) {
    const own = systemServers().slice(0, MAX_SERVERS)
    if (own.length > 0) return own
    return new Failure({ sentence: 'this machine has no resolver to ask', category: 'DNS_FAILURE', unmeasured: true })
  }
  const found = await resolve(server.host, 'any', targets, lookup, deadline)
  if (!(found instanceof Failure)) {
    return found.slice(0, MAX_SERVERS).map(({ address }) => serverAddress(address, server.port))
  }
  return found.unmeasured ? found : new Failure({ ...found, sentence: `DNS server ${server.host}: ${found.sentence}` })
}

/** Why the check failed, or null. Only what the name's own server says makes a record missing. */
function judge(plan: DnsPlan, { failure, answer, server }: Asked): Failure | null {
  if (failure !== null) {
    // A resolver of ours that does not answer says nothing about the name.
    const isOurs = plan.server === null && answer === null
    return isOurs ? new Failure({ ...failure, localFault: true }) : failure
  }
  if (answer === null || server === null) return null
  const absence = missing(plan, answer, server)
  const problem = absence ?? mismatch(plan.expectation, answer.records)
  if (problem === null) return null
  const sentence = absence ?? `${problem} (asked ${server.name})`
  return new Failure({ sentence, category: 'DNS_FAILURE' })
}

function missing({ name, record }: DnsPlan, { rcode, records, chain }: DnsAnswer, { name: server }: ServerAddress) {
  const end = chain.at(-1)
  const subject = end === undefined ? name.shown : `${end}, to which ${name.shown} leads`
  if (rcode === 'NXDOMAIN') return `record missing: ${server} knows no name ${subject} (NXDOMAIN)`
  if (records.length > 0) return null
  return `record missing: ${server} has no ${record} record of ${subject} (NOERROR, but no such record)`
}

function resultOf(plan: DnsPlan | null, asked: Asked | null, failure: Failure | null): CheckResult {
  const phases = { ...NO_PHASES, dns: asked?.tookMs ?? null }
  return {
    ...judged(failure),
    responseTimeMs: phases.dns,
    phases,
    statusCode: null,
    details: plan === null ? null : detailsOf(plan, asked),
    evidence: failure === null || plan === null ? null : evidenceOf(plan, asked),
  }
}

function detailsOf({ name, record, server: wanted }: DnsPlan, asked: Asked | null): { [key: string]: Json } {
  const answer = asked?.answer ?? null
  return {
    name: name.shown,
    ...(name.wire !== name.shown && { asked: name.wire }),
    record,
    server: asked?.server?.name ?? (wanted === null ? null : socketName(wanted.host, wanted.port)),
    transport: asked?.server == null ? null : asked.transport,
    rcode: answer?.rcode ?? null,
    records: (answer?.records ?? []).slice(0, MAX_RECORDS).map(({ shown, ttl }) => ({ value: cut(shown), ttl })),
    ...(answer !== null && { authoritative: answer.isAuthoritative }),
    ...(answer !== null && answer.chain.length > 0 && { chain: answer.chain.slice(0, MAX_RECORDS) }),
    ...(asked !== null && asked.sent > 1 && { sent: asked.sent }),
    ...(asked !== null && asked.faults.length > 0 && { faults: asked.faults }),
  }
}

/** The whole answer section beside the details, with every server's own fault. */
function evidenceOf(plan: DnsPlan, asked: Asked | null): Json {
  const section = asked?.answer?.section ?? []
  return { ...detailsOf(plan, asked), answer: section.slice(0, MAX_RECORDS).map(lineOf) }
}

/** As zone files have it: `www.example.com 300 CNAME example.com`. */
function lineOf({ owner, ttl, type, shown }: AnswerRecord): string {
  return cut(`${owner} ${ttl ?? '-'} ${type} ${shown}`.trimEnd())
}

function cut(text: string): string {
  return text.slice(0, MAX_VALUE).replaceAll('\0', '\ufffd')
}
