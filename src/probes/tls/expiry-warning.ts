import { daysUntil } from './certificate.ts'

/** A sentence when a certificate ends within the largest of `days`; null when it does not, or has ended. */
export function expiryWarning(what: string, validToMs: number, nowMs: number, days: readonly number[]): string | null {
  const left = daysUntil(validToMs, nowMs)
  if (left < 0 || left >= Math.max(0, ...days)) return null
  const date = new Date(validToMs).toISOString().slice(0, 10)
  return `${what} expires ${left === 0 ? 'within a day' : left === 1 ? 'in 1 day' : `in ${left} days`}, on ${date}`
}
