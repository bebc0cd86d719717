import type { Buffer } from 'node:buffer'
import type { IpVersion } from '../net/resolve.ts'
import type { PortConfig } from './config.ts'
import { readBytes } from './escapes.ts'
import { readPortTarget } from './target.ts'

/** A configuration worked out once, so that a check only has to connect and judge. */
export interface PortPlan {
  url: string
  host: string
  port: number
  protocol: 'TCP' | 'UDP'
  sendData: Buffer | null
  expected: Expected | null
  ipVersion: IpVersion
}

/** What must be in the answer: its bytes, and as the user wrote them. */
export interface Expected {
  bytes: Buffer
  text: string
}

export interface Problem {
  path: string
  message: string
}

const plans = new WeakMap<PortConfig, PortPlan>()

/** The plan of a configuration, from the cache where it can; else what is wrong with it. */
export function planOf(url: string, config: PortConfig): PortPlan | Problem[] {
  const before = plans.get(config)
  if (before !== undefined && before.url === url) return before
  const plan = makePlan(url, config)
  if (!Array.isArray(plan)) plans.set(config, plan)
  return plan
}

function makePlan(url: string, config: PortConfig): PortPlan | Problem[] {
  const problems: Problem[] = []
  const target = readPortTarget(url)
  const sendData = config.sendData === undefined ? null : readBytes(config.sendData)
  const expectData = config.expectData === undefined ? null : readBytes(config.expectData)
  if (typeof target === 'string') problems.push({ path: 'url', message: target })
  else problems.push(...portProblems(target.port, config.port ?? null))
  if (
    typeof target !== 'string' &&
    target.protocol !== null &&
    (config.protocol ?? target.protocol) !== target.protocol
  )
    problems.push({
      path: 'protocol',
      message: `is ${config.protocol}, but the url begins with ${target.protocol.toLowerCase()}://`,
    })
  if (typeof sendData === 'string') problems.push({ path: 'sendData', message: sendData })
  if (typeof expectData === 'string') problems.push({ path: 'expectData', message: expectData })
  if (typeof target === 'string' || typeof sendData === 'string' || typeof expectData === 'string') return problems
  const port = config.port ?? target.port
  if (problems.length > 0 || port === null) return problems
  return {
    url,
    host: target.host,
    port,
    protocol: config.protocol ?? target.protocol ?? 'TCP',
    sendData,
    expected: expectData === null ? null : { bytes: expectData, text: config.expectData ?? '' },
    ipVersion: config.ipVersion ?? 'any',
  }
}

function portProblems(inUrl: number | null, given: number | null): Problem[] {
  if (inUrl === null && given === null) {
    return [{ path: 'port', message: 'is required: a number from 1 to 65535, here or in the url (example.com:5432)' }]
  }
  if (inUrl === null || given === null || inUrl === given) return []
  return [{ path: 'port', message: `is ${given}, but the url says ${inUrl}: give one of them` }]
}

/** What a schema can't say about a target and its configuration. */
export function problemsOf(url: string | null, config: PortConfig): Problem[] {
  const plan = planOf(url ?? '', config)
  return Array.isArray(plan) ? plan : []
}
