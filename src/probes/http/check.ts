import type { CheckResult } from '#domain'
import { Deadline } from '../net/deadline.ts'
import { Failure } from '../net/failure.ts'
import type { ProbeContext } from '../probe.ts'
import { type Asking, ask, type HttpDeps } from './ask.ts'
import { withToken } from './authorize.ts'
import type { HttpConfig } from './config.ts'
import { CookieJar } from './cookie-jar.ts'
import { evidenceOf } from './evidence.ts'
import type { BodyWish } from './exchange.ts'
import type { AnswerRule } from './expectations.ts'
import type { Hop } from './hop.ts'
import type { OAuthGrant } from './oauth-grant.ts'
import { forgetToken, tokenFor, type UsableToken } from './oauth-tokens.ts'
import { type HttpPlan, planOf } from './plan.ts'
import { withoutSecrets } from './redact.ts'
import { follow, locationOf } from './redirect.ts'
import { resultOf } from './result.ts'
import { type Head, headerValues, nothingSeen } from './sighting.ts'
import { accepts } from './status-rule.ts'
import { judgeAnswer } from './verdict.ts'

/** How much of a body is read when it only serves as evidence. */
const SAMPLE_BYTES = 16_384

/** Checks a URL once: connects, asks, follows redirects, judges the last answer. Never rejects for a bad target. */
export async function checkHttp(
  url: string,
  config: HttpConfig,
  context: ProbeContext,
  deps: HttpDeps,
  rule: AnswerRule | null = null,
): Promise<CheckResult> {
  const seen = nothingSeen()
  const plan = planOf(url, config, context.userAgent, rule)
  if ('message' in plan) {
    const failure = new Failure({ sentence: `${plan.path}: ${plan.message}`, category: 'CONFIGURATION_ERROR' })
    return resultOf({ seen, failure, hop: null, totalMs: 0, nowMs: context.clock.nowMs(), days: [] })
  }
  // Made at the first use, which takes a while: no part of the target's time.
  if (plan.firstHop.isTls) deps.trust(plan.route.material)
  const startMs = context.clock.monotonicMs()
  const deadline = new Deadline(context.clock, context.signal, context.timeoutMs)
  const check = new HttpCheck(plan, startMs, { route: plan.route, context, deps, deadline, seen })
  try {
    const failure = await check.run()
    const totalMs = seen.elapsedMs ?? check.elapsedMs()
    const result = resultOf({
      seen,
      failure,
      hop: check.hop,
      totalMs,
      nowMs: context.clock.nowMs(),
      days: plan.certificateDays,
    })
    if (failure !== null) result.evidence = await evidenceOf(seen)
    return withoutSecrets(result, check.plan.secrets)
  } finally {
    deadline.close()
    seen.body?.release()
  }
}

class HttpCheck {
  hop: Hop
  plan: HttpPlan
  /** How long fetching a token took: no part of the target's own time. */
  tokenMs = 0
  readonly #startMs: number
  readonly #asking: Asking

  constructor(plan: HttpPlan, startMs: number, asking: Asking) {
    this.hop = plan.firstHop
    this.plan = plan
    this.#startMs = startMs
    this.#asking = asking
  }

  /** Goes to the last answer. Returns why the check failed, or null. */
  async run(): Promise<Failure | null> {
    const { oauth } = this.plan
    if (oauth === null) return this.#fromHopToHop()
    const base = this.plan
    let token = await this.#authorize(base, oauth)
    if (token instanceof Failure) return token
    const failure = await this.#fromHopToHop()
    if (!token.isOld || !this.#isRefused()) return failure
    // What was good a moment ago may have been called back: once more, with a new one.
    forgetToken(oauth, token.value)
    token = await this.#authorize(base, oauth)
    if (token instanceof Failure) return token
    return this.#fromHopToHop()
  }

  /** Time of the check so far, without that for a token. */
  elapsedMs(): number {
    return this.#asking.context.clock.monotonicMs() - this.#startMs - this.tokenMs
  }

  async #authorize(base: HttpPlan, oauth: OAuthGrant): Promise<UsableToken | Failure> {
    const { clock } = this.#asking.context
    const startMs = clock.monotonicMs()
    const token = await tokenFor(oauth, this.#asking)
    this.tokenMs += clock.monotonicMs() - startMs
    if (!(token instanceof Failure)) this.plan = withToken(base, token.value)
    return token
  }

  #isRefused(): boolean {
    const statusCode = this.#asking.seen.head?.statusCode
    return statusCode === 401 && this.hop.isOwn && !accepts(this.plan.status, statusCode)
  }

  async #fromHopToHop(): Promise<Failure | null> {
    const { seen, context, deadline } = this.#asking
    let jar: CookieJar | null = null
    this.hop = this.plan.firstHop
    seen.redirects = []
    for (;;) {
      const failure = await ask(this.hop, this.#asking, this.#wish)
      const { head } = seen
      const location = failure === null && head !== null && this.plan.followRedirects ? locationOf(head) : null
      if (head === null || location === null) {
        seen.elapsedMs = this.elapsedMs()
        return judgeAnswer(this.plan, seen, failure, this.hop, deadline, context.clock.nowMs())
      }
      jar ??= new CookieJar()
      jar.store(this.hop.url, headerValues(head, 'set-cookie'), context.clock.nowMs())
      const next = follow(this.plan, this.hop, location, jar, seen)
      if (next instanceof Failure) return next
      this.hop = next
    }
  }

  /** A redirect's body is nobody's concern; of a bad answer a sample is kept, of a good one what is judged. */
  readonly #wish = (head: Head): BodyWish => {
    const { followRedirects, status, keywords, expectations, maxBodyBytes } = this.plan
    if (followRedirects && locationOf(head) !== null) return { read: 0, keep: 0 }
    if (!accepts(status, head.statusCode)) return { read: SAMPLE_BYTES, keep: SAMPLE_BYTES }
    if (keywords !== null || expectations?.needsBody === true) return { read: maxBodyBytes, keep: maxBodyBytes }
    return { read: maxBodyBytes, keep: expectations === null ? 0 : Math.min(SAMPLE_BYTES, maxBodyBytes) }
  }
}
