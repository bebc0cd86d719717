import { Type } from 'typebox'
import { accountOf } from '../auth/caller.ts'
import { findMonitor, MonitorParams } from '../monitors/find.ts'
import type { Routes } from '../routes.ts'
import { AccountAnalytics, accountAnalytics } from './account-analytics.ts'
import { AccountPerformanceReader } from './account-performance.ts'
import { MonitorAnalytics, monitorAnalytics } from './monitor-analytics.ts'
import { MonitorDays, monitorDays } from './monitor-days.ts'
import { PeriodField, PeriodFields, periodOf, periodUntil } from './period.ts'

/** `/analytics`: of the account, of a monitor, and of its days. */
export const analyticsRoutes: Routes = (app, deps) => {
  const performance = new AccountPerformanceReader(deps)

  const ofAccount = {
    tags: ['Analytics'],
    operationId: 'getAnalytics',
    summary: 'Get the figures of the account',
    description: `How the monitors stand now, and what they did over a period (default: 24 hours). Checks are counted by
whole hours. Today and this week, from Monday, begin at midnight in the account's time zone.`,
    querystring: Type.Object({ period: PeriodField }),
    response: { 200: AccountAnalytics },
  }
  app.get('/analytics', { schema: ofAccount }, (request) => {
    const period = periodUntil(deps.clock.nowMs(), request.query.period ?? '24h')
    return accountAnalytics(deps, performance, accountOf(request).id, period)
  })

  const ofMonitor = {
    tags: ['Analytics'],
    operationId: 'getMonitorAnalytics',
    summary: 'Get the figures of a monitor',
    description: `Uptime is weighted by time and leaves out what is not known; \`coverage\` says how much is. Response times
are those of checks that succeeded; percentiles are within 1 %. Give a \`period\` (default: 24 hours), or \`from\` and \`to\`.`,
    params: MonitorParams,
    querystring: Type.Object(PeriodFields),
    response: { 200: MonitorAnalytics },
  }
  app.get('/analytics/monitors/:monitorId', { schema: ofMonitor }, async (request) => {
    const period = periodOf(request.query, { nowMs: deps.clock.nowMs(), byDefault: '24h' })
    const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
    return await monitorAnalytics(deps, monitor, period)
  })

  const days = {
    tags: ['Analytics'],
    operationId: 'listMonitorDays',
    summary: 'Get the days of a monitor',
    description: "How each of the last 90 days went, in the account's time zone: what a status bar is drawn from.",
    params: MonitorParams,
    response: { 200: MonitorDays },
  }
  app.get('/analytics/monitors/:monitorId/days', { schema: days }, (request) => {
    const accountId = accountOf(request).id
    return monitorDays(deps, findMonitor(deps, accountId, request.params.monitorId), accountId)
  })
}
