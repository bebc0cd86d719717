import { Type } from 'typebox'
import { invalid, type Problem } from './errors.ts'
import { parseTime } from './http/times.ts'

/** Query fields that limit a list to a time. */
export const RangeFields = {
  from: Type.Optional(Type.String({ maxLength: 40, description: 'Earliest time, ISO 8601, included.' })),
  to: Type.Optional(Type.String({ maxLength: 40, description: 'Latest time, ISO 8601, left out.' })),
}

/** The range that a query asks for, wall ms. Throws `ApiError`. */
export function rangeOf(query: { from?: string; to?: string }): { fromMs?: number; toMs?: number } {
  const problems: Problem[] = []
  const read = (path: 'from' | 'to'): number | undefined => {
    const text = query[path]
    if (text === undefined) return undefined
    const ms = parseTime(text)
    if (ms === null) problems.push({ path, message: 'expected a time such as 2025-01-21T10:30:00Z' })
    return ms ?? undefined
  }
  const fromMs = read('from')
  const toMs = read('to')
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    problems.push({ path: 'from', message: 'is later than to' })
  if (problems.length > 0) throw invalid(problems)
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) }
}
