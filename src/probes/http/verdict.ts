import { Buffer } from 'node:buffer'
import type { RootCauseCategory } from '#domain'
import { Answer } from '../assertions/answer.ts'
import type { Deadline } from '../net/deadline.ts'
import { Failure } from '../net/failure.ts'
import { daysUntil } from '../tls/certificate.ts'
import { textOf, textPieces } from './charset.ts'
import { maskUrl } from './credentials.ts'
import { type Decoded, decompress } from './decompress.ts'
import { type AnswerRule, judgeExpectations } from './expectations.ts'
import type { Hop } from './hop.ts'
import { type KeywordRule, keywordProblem, longestWord } from './keyword.ts'
import type { HttpPlan } from './plan.ts'
import { type Head, headerValues, type Sighting } from './sighting.ts'
import { accepts } from './status-rule.ts'

/**
 * Judges the last answer: status first, then how the exchange ended, then keywords and all else that is expected.
 * A dead target fails whatever these are.
 */
export async function judgeAnswer(
  plan: HttpPlan,
  seen: Sighting,
  failure: Failure | null,
  hop: Hop,
  deadline: Deadline,
  nowMs: number,
): Promise<Failure | null> {
  const { head } = seen
  if (head === null || failure?.unmeasured === true) return failure
  if (!accepts(plan.status, head.statusCode)) {
    const rule = plan.expectations?.rule ?? null
    const said = rule === null ? null : await bodyRemark(plan, rule, seen, nowMs)
    return statusFailure(plan, head, seen, hop, said)
  }
  const { keywords, expectations } = plan
  if (failure !== null || (keywords === null && expectations === null)) return failure
  const needsBody = keywords !== null || expectations?.needsBody === true
  const body = needsBody ? await decompress(seen, plan.maxBodyBytes, deadline) : NO_BODY
  if (body instanceof Failure) return body
  try {
    const wrong = keywords === null ? null : searchBody(keywords, body, seen)
    const unsaid = wrong === null ? null : new Failure({ sentence: wrong, category: 'APPLICATION_ERROR' })
    if (expectations === null) return unsaid
    const text = textOf(body.bytes, seen)
    const judged = judgeExpectations(expectations, answerOf(plan, seen, head, text, body.cut, nowMs))
    if (expectations.assertions.length > 0) seen.assertions = judged.outcomes
    return unsaid ?? judged.failure
  } finally {
    body.release()
  }
}

function searchBody(keywords: KeywordRule, { bytes, cut }: Decoded, seen: Sighting): string | null {
  return keywordProblem(keywords, textPieces(bytes, seen, longestWord(keywords)), cut ? bytes.length : null)
}

const NO_BODY: Decoded = { bytes: Buffer.alloc(0), cut: false, release: () => {} }

function answerOf(plan: HttpPlan, seen: Sighting, head: Head, text: string, isCut: boolean, nowMs: number): Answer {
  return new Answer({
    status: head.statusCode,
    header: (name) => headerValues(head, name),
    text,
    isCut,
    maxBodyBytes: plan.maxBodyBytes,
    responseTimeMs: seen.elapsedMs ?? 0,
    certificateDays: seen.certificate === null ? null : daysUntil(seen.certificate.validToMs, nowMs),
  })
}

/** What the kept part of a bad answer says, where the type can read it. */
async function bodyRemark(plan: HttpPlan, rule: AnswerRule, seen: Sighting, nowMs: number): Promise<string | null> {
  const { head } = seen
  if (head === null) return null
  const body = await decompress(seen, plan.maxBodyBytes, null)
  if (body instanceof Failure) return null
  return rule.remark(answerOf(plan, seen, head, textOf(body.bytes, seen), body.cut, nowMs))
}

function statusFailure(
  { status }: HttpPlan,
  { statusCode }: Head,
  seen: Sighting,
  hop: Hop,
  said: string | null,
): Failure {
  const where = seen.redirects.length > 0 ? ` from ${maskUrl(hop.url.href).slice(0, 500)}` : ''
  const sentence = `expected status ${status.text}, got ${statusCode}${where}${remark(statusCode, seen, hop)}${said === null ? '' : `: ${said}`}`
  return new Failure({ sentence, category: categoryOf(statusCode) })
}

function remark(statusCode: number, { head }: Sighting, hop: Hop): string {
  if (statusCode === 101) return ' (the server switched protocols unasked)'
  if (hop.method === 'HEAD' && (statusCode === 405 || statusCode === 501)) return ': the server refuses HEAD'
  const isRedirect = [301, 302, 303, 307, 308].includes(statusCode)
  const hasLocation = head?.rawHeaders.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'location')
  return isRedirect && hasLocation !== true ? ' (a redirect without a Location)' : ''
}

function categoryOf(statusCode: number): RootCauseCategory {
  return statusCode >= 500 && statusCode < 600 ? 'SERVER_ERROR' : 'APPLICATION_ERROR'
}
