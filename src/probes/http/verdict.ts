import type { RootCauseCategory } from '#domain'
import { textOf } from './charset.ts'
import { maskUrl } from './credentials.ts'
import type { Deadline } from './deadline.ts'
import { decompress } from './decompress.ts'
import { Failure } from './failure.ts'
import type { Hop } from './hop.ts'
import { keywordProblem } from './keyword.ts'
import type { HttpPlan } from './plan.ts'
import type { Head, Sighting } from './sighting.ts'
import { accepts } from './status-rule.ts'

/**
 * Judges the last answer: status first, then how the exchange ended, then keywords. A dead target fails whatever the
 * keywords are.
 */
export async function judgeAnswer(
  plan: HttpPlan,
  seen: Sighting,
  failure: Failure | null,
  hop: Hop,
  deadline: Deadline,
): Promise<Failure | null> {
  const { head } = seen
  if (head === null || failure?.unmeasured === true) return failure
  if (!accepts(plan.status, head.statusCode)) return statusFailure(plan, head, seen, hop)
  if (failure !== null || plan.keywords === null) return failure
  const body = await decompress(seen, plan.maxBodyBytes, deadline)
  if (body instanceof Failure) return body
  const problem = keywordProblem(plan.keywords, textOf(body.bytes, seen), body.cut)
  return problem === null ? null : new Failure({ sentence: problem, category: 'APPLICATION_ERROR' })
}

function statusFailure({ status }: HttpPlan, { statusCode }: Head, seen: Sighting, hop: Hop): Failure {
  const where = seen.redirects.length > 0 ? ` from ${maskUrl(hop.url.href).slice(0, 500)}` : ''
  const sentence = `expected status ${status.text}, got ${statusCode}${where}${remark(statusCode, seen, hop)}`
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
