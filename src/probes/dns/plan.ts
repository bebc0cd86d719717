import type { DnsConfig, DnsRecord } from './config.ts'
import { type Expectation, readExpectation } from './expectation.ts'
import { type AskedName, readAskedName } from './name.ts'
import { makeQuery, type Query } from './query.ts'
import { readServer, type ServerName } from './server.ts'

/** A configuration worked out once, so that a check only has to ask and judge. */
export interface DnsPlan {
  url: string
  name: AskedName
  record: DnsRecord
  query: Query
  expectation: Expectation
  /** Null: the resolvers of this machine. */
  server: ServerName | null
}

export interface Problem {
  path: string
  message: string
}

const plans = new WeakMap<DnsConfig, DnsPlan>()

/** The plan of a configuration, from the cache where it can; else what is wrong with it. */
export function planOf(url: string, config: DnsConfig): DnsPlan | Problem[] {
  const before = plans.get(config)
  if (before !== undefined && before.url === url) return before
  const plan = makePlan(url, config)
  if (!Array.isArray(plan)) plans.set(config, plan)
  return plan
}

function makePlan(url: string, config: DnsConfig): DnsPlan | Problem[] {
  const { dnsRecord: record = 'A', dnsMatch = 'all', dnsServer, expectedValue, expectedIp } = config
  const problems: Problem[] = []
  const name = readAskedName(url, record)
  if (typeof name === 'string') problems.push({ path: 'url', message: name })
  const server = dnsServer === undefined ? null : readServer(dnsServer)
  if (typeof server === 'string') problems.push({ path: 'dnsServer', message: server })
  if (expectedValue !== undefined && expectedIp !== undefined) {
    problems.push({ path: 'expectedIp', message: 'is another name for expectedValue: give only one of them' })
  }
  const expectation = readExpectation(record, dnsMatch, [expectedValue ?? expectedIp ?? []].flat())
  if (typeof expectation === 'string') {
    problems.push({ path: expectedValue === undefined ? 'expectedIp' : 'expectedValue', message: expectation })
  }
  if (typeof name === 'string' || typeof server === 'string' || typeof expectation === 'string') return problems
  if (problems.length > 0) return problems
  return { url, name, record, query: makeQuery(name.wire, record), expectation, server }
}

/** What a schema can't say about a name and its configuration. */
export function problemsOf(url: string | null, config: DnsConfig): Problem[] {
  const plan = planOf(url ?? '', config)
  return Array.isArray(plan) ? plan : []
}
