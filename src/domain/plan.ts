export const PLANS = ['FREE', 'STARTER', 'PROFESSIONAL', 'BUSINESS', 'ENTERPRISE'] as const
export type Plan = (typeof PLANS)[number]

/** What a plan gives. Null means no limit. */
export interface PlanLimits {
  requestsPerHour: number
  shortestIntervalS: number
  rawRetentionDays: number | null
  monitors: number | null
  statusPages: number | null
  seats: number | null
}

/** The one table of limits. */
export const PLAN_LIMITS: { readonly [plan in Plan]: PlanLimits } = {
  FREE: { requestsPerHour: 100, shortestIntervalS: 60, rawRetentionDays: 7, monitors: 10, statusPages: 1, seats: 1 },
  STARTER: {
    requestsPerHour: 1_000,
    shortestIntervalS: 60,
    rawRetentionDays: 30,
    monitors: 50,
    statusPages: 3,
    seats: 3,
  },
  PROFESSIONAL: {
    requestsPerHour: 5_000,
    shortestIntervalS: 30,
    rawRetentionDays: 90,
    monitors: 200,
    statusPages: 10,
    seats: 10,
  },
  BUSINESS: {
    requestsPerHour: 10_000,
    shortestIntervalS: 10,
    rawRetentionDays: 365,
    monitors: 1_000,
    statusPages: 50,
    seats: 50,
  },
  ENTERPRISE: {
    requestsPerHour: 100_000,
    shortestIntervalS: 5,
    rawRetentionDays: null,
    monitors: null,
    statusPages: null,
    seats: null,
  },
}
