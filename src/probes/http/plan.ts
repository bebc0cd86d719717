import { Buffer } from 'node:buffer'
import { certificateDays } from '#domain'
import { tlsMaterial, tlsProblems } from '../tls/fields.ts'
import type { Route } from './ask.ts'
import { authProblems } from './auth-problems.ts'
import { DEFAULT_MAX_BODY_BYTES, type HttpConfig } from './config.ts'
import { type Credentials, credentialsOf } from './credentials-of.ts'
import {
  type AnswerRule,
  assertsStatus,
  type Expectations,
  expectationProblems,
  expectationsOf,
} from './expectations.ts'
import { type Hop, makeHop } from './hop.ts'
import { type KeywordRule, keywordRule } from './keyword.ts'
import { grantSecrets, type OAuthGrant, oauthGrant } from './oauth-grant.ts'
import { proxySecrets, readProxy } from './proxy.ts'
import { bySize } from './redact.ts'
import { type HeaderList, readRequestHeaders } from './request-headers.ts'
import { secretsOf } from './secrets-of.ts'
import { ANY_STATUS, DEFAULT_EXPECTED_STATUS, readStatusRule, type StatusRule } from './status-rule.ts'

/** A configuration worked out once, so that a check only has to send and judge. */
export interface HttpPlan {
  url: string
  userAgent: string
  firstHop: Hop
  /** Of the monitor's own origin only, like `credentials`. */
  ownHeaders: HeaderList
  status: StatusRule
  keywords: KeywordRule | null
  expectations: Expectations | null
  followRedirects: boolean
  route: Route
  maxBodyBytes: number
  /** From how many days before its end a certificate is warned of, largest first. */
  certificateDays: readonly number[]
  credentials: Credentials
  /** Where a token must be fetched first; null for every other kind of credentials. */
  oauth: OAuthGrant | null
  /** Texts that must not be shown wherever they turn up, longest first. */
  secrets: readonly string[]
}

export interface Problem {
  path: string
  message: string
}

const plans = new WeakMap<HttpConfig, HttpPlan>()

/** The plan of a configuration, from the cache where it can. Returns what is wrong if it can't be checked. */
export function planOf(
  url: string,
  config: HttpConfig,
  userAgent: string,
  rule: AnswerRule | null = null,
): HttpPlan | Problem {
  const before = plans.get(config)
  if (before !== undefined && before.url === url && before.userAgent === userAgent) return before
  const plan = makePlan(url, config, userAgent, rule)
  if (!('message' in plan)) plans.set(config, plan)
  return plan
}

function makePlan(url: string, config: HttpConfig, userAgent: string, rule: AnswerRule | null): HttpPlan | Problem {
  const problem = problemsOf(url, config)[0]
  if (problem !== undefined) return problem
  const given = readRequestHeaders(config.requestHeaders)
  const status = readStatusRule(config.expectedStatusCode ?? defaultStatus(config))
  const proxy = config.proxyUrl === undefined ? null : readProxy(config.proxyUrl)
  if (typeof given === 'string') return { path: 'requestHeaders', message: given }
  if (typeof proxy === 'string') return { path: 'proxyUrl', message: proxy }
  if (typeof status === 'string') return { path: 'expectedStatusCode', message: status }
  const body = config.requestBody === undefined || config.requestBody === '' ? null : Buffer.from(config.requestBody)
  const method = config.httpMethod ?? 'GET'
  const credentials = credentialsOf(config.apiAuthConfig)
  const ownHeaders = [...given, ...credentials.headers]
  const { query } = credentials
  const oauth = oauthGrant(config.apiAuthConfig)
  return {
    url,
    userAgent,
    firstHop: makeHop({ url: new URL(url), method, body, ownHeaders, isOwn: true, cookies: '', userAgent, query }),
    ownHeaders,
    status,
    keywords: keywordRule(config.keyword, config.keywordAbsent, config.keywordCaseSensitive ?? false),
    expectations: expectationsOf(config, rule),
    followRedirects: config.followRedirects ?? true,
    route: {
      ipVersion: config.ipVersion ?? 'any',
      proxy,
      verifySsl: config.verifySsl ?? true,
      material: tlsMaterial(config),
    },
    maxBodyBytes: config.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    certificateDays: certificateDays(config.sslCertExpiryDays),
    credentials,
    oauth,
    secrets: bySize([
      ...secretsOf(new URL(url), given),
      ...credentials.secrets,
      ...(oauth === null ? [] : grantSecrets(oauth)),
      ...(proxy === null ? [] : proxySecrets(proxy)),
    ]),
  }
}

/** An assertion on the status takes the place of the default. */
function defaultStatus(config: HttpConfig): string {
  return assertsStatus(config) ? ANY_STATUS : DEFAULT_EXPECTED_STATUS
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
  if (config.proxyUrl !== undefined) {
    const proxy = readProxy(config.proxyUrl)
    if (typeof proxy === 'string') add('proxyUrl', proxy)
  }
  problems.push(...tlsProblems(config))
  if (config.apiAuthConfig !== undefined) problems.push(...authProblems(config.apiAuthConfig))
  if (typeof headers !== 'string') add('apiAuthConfig', clashOf(headers, config))
  if (config.httpMethod === 'HEAD' && config.keyword !== undefined) {
    add('keyword', 'an answer to HEAD has no body in which a keyword could be: use GET')
  }
  problems.push(...expectationProblems(url, config))
  return problems
}

/** Two answers to one question would both be sent. */
function clashOf(given: HeaderList, { apiAuthConfig }: HttpConfig): string | null {
  const taken = new Set(given.map(([name]) => name.toLowerCase()))
  const names = apiAuthConfig?.type === 'oauth2' ? ['Authorization'] : credentialsOf(apiAuthConfig).headers.map(first)
  const twice = names.find((name) => taken.has(name.toLowerCase()))
  return twice === undefined ? null : `sets the header ${twice}, and requestHeaders does too; keep one of them`
}

function first([name]: readonly [string, string]): string {
  return name
}

/** What is wrong with a URL to check; null when nothing is. */
function urlProblem(text: string | null): string | null {
  const example = 'expected a URL such as https://example.com/'
  if (text === null || text === '') return example
  const url = URL.parse(text)
  if (url === null || !/^https?:\/\//i.test(text.trim())) return `${example}, got ${JSON.stringify(text.slice(0, 200))}`
  return url.port === '0' ? `${example}, got port 0` : null
}
