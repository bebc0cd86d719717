import type { SecureContext } from 'node:tls'
import type { CheckResult } from '#domain'
import type { ProbeContext } from '../probe.ts'
import { summarize } from './certificate.ts'
import type { HttpConfig } from './config.ts'
import { CookieJar } from './cookie-jar.ts'
import { Deadline } from './deadline.ts'
import { dial } from './dial.ts'
import { evidenceOf } from './evidence.ts'
import { type BodyWish, exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import type { Hop } from './hop.ts'
import { type HttpPlan, planOf } from './plan.ts'
import { follow, locationOf } from './redirect.ts'
import { type Lookup, resolve } from './resolve.ts'
import { resultOf } from './result.ts'
import { secure } from './secure.ts'
import { type Head, headerValues, nothingSeen, type Sighting } from './sighting.ts'
import { accepts } from './status-rule.ts'
import { judgeAnswer } from './verdict.ts'

/** How much of a body is read when it only serves as evidence. */
const SAMPLE_BYTES = 16_384

/** What the machine gives: tests put their own in its place. */
export interface HttpDeps {
  lookup: Lookup
  trust: () => SecureContext
}

/** Checks a URL once: connects, asks, follows redirects, judges the last answer. Never rejects for a bad target. */
export async function checkHttp(
  url: string,
  config: HttpConfig,
  context: ProbeContext,
  deps: HttpDeps,
): Promise<CheckResult> {
  const startMs = context.clock.monotonicMs()
  const seen = nothingSeen()
  const plan = planOf(url, config, context.userAgent)
  if ('message' in plan) {
    const failure = new Failure({ sentence: `${plan.path}: ${plan.message}`, category: 'CONFIGURATION_ERROR' })
    return resultOf({ seen, failure, hop: null, totalMs: 0 })
  }
  const deadline = new Deadline(context.clock, context.signal, context.timeoutMs)
  const check = new HttpCheck(plan, context, deps, deadline, seen)
  try {
    const failure = await check.run()
    const totalMs = context.clock.monotonicMs() - startMs
    const result = resultOf({ seen, failure, hop: check.hop, totalMs })
    if (failure !== null) result.evidence = await evidenceOf(seen)
    return result
  } finally {
    deadline.close()
  }
}

class HttpCheck {
  hop: Hop
  readonly #plan: HttpPlan
  readonly #context: ProbeContext
  readonly #deps: HttpDeps
  readonly #deadline: Deadline
  readonly #seen: Sighting

  constructor(plan: HttpPlan, context: ProbeContext, deps: HttpDeps, deadline: Deadline, seen: Sighting) {
    this.hop = plan.firstHop
    this.#plan = plan
    this.#context = context
    this.#deps = deps
    this.#deadline = deadline
    this.#seen = seen
  }

  /** Goes from hop to hop to the last answer. Returns why the check failed, or null. */
  async run(): Promise<Failure | null> {
    let jar: CookieJar | null = null
    for (;;) {
      const failure = await this.#ask()
      const { head } = this.#seen
      const location = failure === null && head !== null && this.#plan.followRedirects ? locationOf(head) : null
      if (head === null || location === null)
        return judgeAnswer(this.#plan, this.#seen, failure, this.hop, this.#deadline)
      jar ??= new CookieJar()
      jar.store(this.hop.url, headerValues(head, 'set-cookie'), this.#context.clock.nowMs())
      const next = follow(this.#plan, this.hop, location, jar, this.#seen)
      if (next instanceof Failure) return next
      this.hop = next
    }
  }

  /** One hop: name lookup, connection, TLS, request and answer. */
  async #ask(): Promise<Failure | null> {
    const { clock, targets } = this.#context
    const { hop } = this
    const seen = this.#seen
    const { phases } = seen
    seen.head = null
    seen.bytes = 0
    seen.attempts = []

    let atMs = clock.monotonicMs()
    const lap = (before: number | null) => {
      const nowMs = clock.monotonicMs()
      const total = (before ?? 0) + nowMs - atMs
      atMs = nowMs
      return total
    }
    const resolving = resolve(hop.host, this.#plan.ipVersion, targets, this.#deps.lookup, this.#deadline)
    let addresses = resolving instanceof Promise ? null : resolving
    if (resolving instanceof Promise) {
      addresses = await resolving
      phases.dns = lap(phases.dns)
    }
    if (addresses === null) return null
    if (addresses instanceof Failure) return addresses

    const dialed = await dial(addresses, hop.port, this.#deadline, clock, seen.attempts)
    if (dialed instanceof Failure) return dialed
    phases.connect = lap(phases.connect)
    seen.address = dialed.address.address
    seen.family = dialed.address.family

    let { socket } = dialed
    if (hop.isTls) {
      const secured = await secure(
        socket,
        hop.serverName,
        this.#deps.trust(),
        this.#plan.verifySsl,
        this.#deadline,
        clock.nowMs(),
      )
      if (secured instanceof Failure) return secured
      phases.tls = lap(phases.tls)
      seen.certificate = secured.certificate === undefined ? null : summarize(secured.certificate)
      if (secured.failure !== null) {
        secured.socket.destroy()
        return secured.failure
      }
      socket = secured.socket
    }
    return exchange(socket, hop, seen, this.#wish, this.#deadline, clock)
  }

  /** A redirect's body is nobody's concern; of a bad answer a sample is kept, of a good one what keywords need. */
  readonly #wish = (head: Head): BodyWish => {
    const { followRedirects, status, keywords, maxBodyBytes } = this.#plan
    if (followRedirects && locationOf(head) !== null) return { read: 0, keep: 0 }
    if (!accepts(status, head.statusCode)) return { read: SAMPLE_BYTES, keep: SAMPLE_BYTES }
    return { read: maxBodyBytes, keep: keywords === null ? 0 : maxBodyBytes }
  }
}
