import { Type } from 'typebox'
import { invalid } from '../errors.ts'
import { RangeFields, rangeOf } from '../time-range.ts'

const DAY_MS = 86_400_000
const DAYS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90 } as const
export const PERIODS = ['24h', '7d', '30d', '90d'] as const
type PeriodName = (typeof PERIODS)[number]
/** Three years and a bit. */
const LONGEST_DAYS = 1_100

/** Query field for a period that ends now. */
export const PeriodField = Type.Optional(
  Type.Enum(PERIODS, { description: 'The last 24 hours, 7, 30 or 90 days.', examples: ['24h'] }),
)

/** Query fields for a period that ends now, or one from and to any time. */
export const PeriodFields = { period: PeriodField, ...RangeFields }

export interface Period {
  /** `custom` where the request says from when. */
  name: PeriodName | 'custom'
  fromMs: number
  toMs: number
}

/** The period of a name that ends now. */
export function periodUntil(nowMs: number, name: PeriodName): Period {
  return { name, fromMs: nowMs - DAYS[name] * DAY_MS, toMs: nowMs }
}

/**
 * The period that a query asks for; what is yet to come is cut off. Without `to` it ends now, without `from` it is as long
 * as the default. Throws `ApiError`.
 */
export function periodOf(
  query: { period?: PeriodName; from?: string; to?: string },
  { nowMs, byDefault }: { nowMs: number; byDefault: PeriodName },
): Period {
  const range = rangeOf(query)
  if (range.fromMs === undefined && range.toMs === undefined) return periodUntil(nowMs, query.period ?? byDefault)
  if (query.period !== undefined)
    throw invalid([{ path: 'period', message: 'says when, as from and to do; send either it or them' }])
  const toMs = Math.min(range.toMs ?? nowMs, nowMs)
  const fromMs = Math.min(range.fromMs ?? toMs - DAYS[byDefault] * DAY_MS, toMs)
  if (toMs - fromMs > LONGEST_DAYS * DAY_MS)
    throw invalid([{ path: 'from', message: `is more than ${LONGEST_DAYS} days before to` }])
  return { name: 'custom', fromMs, toMs }
}
