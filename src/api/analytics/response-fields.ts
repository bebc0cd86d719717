import { Type } from 'typebox'
import type { ResponseFigures } from '#storage'
import { OrNull } from '../answer-fields.ts'

/** Response times are measured to the tenth of a ms. */
export function tenths(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10
}

function ms(description: string, example: number) {
  return OrNull(Type.Number({ minimum: 0, examples: [example] }), `${description}, ms; null of none.`)
}

/** Response times and counts of checks over a period, as answers show them. */
export const ResponseFields = {
  avgResponseTime: ms('Mean response time', 250),
  p50ResponseTime: ms('Half of the response times are at most this', 240),
  p90ResponseTime: ms('Nine in ten are at most this', 310),
  p95ResponseTime: ms('95 in 100 are at most this', 350),
  p99ResponseTime: ms('99 in 100 are at most this', 480),
  totalChecks: Type.Integer({ minimum: 0, description: 'All checks.', examples: [8640] }),
  checksUp: Type.Integer({ minimum: 0, description: 'Those that succeeded, slow ones too.', examples: [8630] }),
  checksDegraded: Type.Integer({ minimum: 0, description: 'Of these the slow ones.', examples: [3] }),
  checksDown: Type.Integer({ minimum: 0, description: 'Those that failed.', examples: [9] }),
  checksUnknown: Type.Integer({ minimum: 0, description: 'Those that could not be made, by no fault of the target.' }),
}

/** Figures of checks. Percentiles are within 1 %, all else is exact. */
export function presentFigures(figures: ResponseFigures) {
  const { up, degraded, down, unknown } = figures
  return {
    avgResponseTime: tenths(figures.averageMs),
    p50ResponseTime: tenths(figures.p50Ms),
    p90ResponseTime: tenths(figures.p90Ms),
    p95ResponseTime: tenths(figures.p95Ms),
    p99ResponseTime: tenths(figures.p99Ms),
    totalChecks: up + degraded + down + unknown,
    checksUp: up + degraded,
    checksDegraded: degraded,
    checksDown: down,
    checksUnknown: unknown,
  }
}
