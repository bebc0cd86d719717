import { Buffer } from 'node:buffer'
import { DEFAULT_MAX_BODY_BYTES, type HttpConfig } from './config.ts'
import { type Hop, makeHop } from './hop.ts'
import { type KeywordRule, keywordRule } from './keyword.ts'
import { type HeaderList, readRequestHeaders } from './request-headers.ts'
import type { IpVersion } from './resolve.ts'
import { DEFAULT_EXPECTED_STATUS, readStatusRule, type StatusRule } from './status-rule.ts'

/** A configuration worked out once, so that a check only has to send and judge. */
export interface HttpPlan {
  url: string
  userAgent: string
  firstHop: Hop
  ownHeaders: HeaderList
  status: StatusRule
  keywords: KeywordRule | null
  followRedirects: boolean
  verifySsl: boolean
  ipVersion: IpVersion
  maxBodyBytes: number
}

export interface Problem {
  path: string
  message: string
}

const plans = new WeakMap<HttpConfig, HttpPlan>()

/** The plan of a configuration, from the cache where it can. Returns what is wrong if it can't be checked. */
export function planOf(url: string, config: HttpConfig, userAgent: string): HttpPlan | Problem {
  const before = plans.get(config)
  if (before !== undefined && before.url === url && before.userAgent === userAgent) return before
  const plan = makePlan(url, config, userAgent)
  if (!('message' in plan)) plans.set(config, plan)
  return plan
}

function makePlan(url: string, config: HttpConfig, userAgent: string): HttpPlan | Problem {
  const problem = problemsOf(url, config)[0]
  if (problem !== undefined) return problem
  const ownHeaders = readRequestHeaders(config.requestHeaders)
  const status = readStatusRule(config.expectedStatusCode ?? DEFAULT_EXPECTED_STATUS)
  if (typeof ownHeaders === 'string') return { path: 'requestHeaders', message: ownHeaders }
  if (typeof status === 'string') return { path: 'expectedStatusCode', message: status }
  const body = config.requestBody === undefined || config.requestBody === '' ? null : Buffer.from(config.requestBody)
  const method = config.httpMethod ?? 'GET'
  return {
    url,
    userAgent,
    firstHop: makeHop({ url: new URL(url), method, body, ownHeaders, isOwn: true, cookies: '', userAgent }),
    ownHeaders,
    status,
    keywords: keywordRule(config.keyword, config.keywordAbsent, config.keywordCaseSensitive ?? false),
    followRedirects: config.followRedirects ?? true,
    verifySsl: config.verifySsl ?? true,
    ipVersion: config.ipVersion ?? 'any',
    maxBodyBytes: config.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
  }
}

/** What a schema can't say about a target and its configuration. */
export function problemsOf(url: string | null, config: HttpConfig): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string | null) => {
    if (message !== null) problems.push({ path, message })
  }
  add('url', urlProblem(url))
  const headers = readRequestHeaders(config.requestHeaders)
  if (typeof headers === 'string') add('requestHeaders', headers)
  const status = readStatusRule(config.expectedStatusCode ?? DEFAULT_EXPECTED_STATUS)
  if (typeof status === 'string') add('expectedStatusCode', status)
  if (config.httpMethod === 'HEAD' && config.keyword !== undefined) {
    add('keyword', 'an answer to HEAD has no body in which a keyword could be: use GET')
  }
  return problems
}

/** What is wrong with a URL to check; null when nothing is. */
function urlProblem(text: string | null): string | null {
  const example = 'expected a URL such as https://example.com/'
  if (text === null || text === '') return example
  const url = URL.parse(text)
  if (url === null || !/^https?:\/\//i.test(text.trim())) return `${example}, got ${JSON.stringify(text.slice(0, 200))}`
  return url.port === '0' ? `${example}, got port 0` : null
}
