import { type MonitorSettings, PLAN_LIMITS } from '#domain'
import type { Account } from '#storage'
import { apiError } from '../errors.ts'

/** Refuses an interval that the plan does not give; one that was there before stays. */
export function requireInterval(account: Account, settings: MonitorSettings, before: MonitorSettings | null): void {
  const { shortestIntervalS } = PLAN_LIMITS[account.plan]
  if (settings.intervalMs >= shortestIntervalS * 1000 || settings.intervalMs === before?.intervalMs) return
  throw apiError(
    'FORBIDDEN',
    `The ${account.plan} plan allows intervals of ${shortestIntervalS} s and longer; this one has ${settings.intervalMs / 1000} s.`,
    { details: [{ path: 'interval', message: `the shortest on the ${account.plan} plan is ${shortestIntervalS}` }] },
  )
}

/** Refuses one monitor more than the plan has room for. */
export function requireRoom(account: Account, monitorCount: number): void {
  const { monitors } = PLAN_LIMITS[account.plan]
  if (monitors === null || monitorCount < monitors) return
  throw apiError(
    'FORBIDDEN',
    `The ${account.plan} plan allows ${monitors} monitors, and this account has ${monitorCount}. Delete one, or raise the plan.`,
  )
}
