import { Type } from 'typebox'
import { CHECK_STATUSES, normalizeRegion } from '#domain'
import { accountOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { Routes } from '../routes.ts'
import { RangeFields, rangeOf } from '../time-range.ts'
import { findMonitor } from './find.ts'
import { presentCheck, presentReport } from './present-check.ts'
import { asBody, MonitorBody, MonitorParams } from './routes.ts'
import { unsavedMonitor } from './save.ts'

const ChecksQuery = Type.Object({
  ...PageFields,
  ...RangeFields,
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Only from this region.' })),
  status: Type.Optional(
    Type.Union(
      CHECK_STATUSES.map((status) => Type.Literal(status)),
      { description: 'Only checks that ended so.' },
    ),
  ),
})

/** `/monitors/…`: run a check now, try a configuration, read saved checks. */
export const checkRoutes: Routes = (app, deps) => {
  app.post('/monitors/:monitorId/check', { schema: { params: MonitorParams } }, async (request) => {
    const monitor = await findMonitor(deps, accountOf(request).id, request.params.monitorId)
    if (monitor.type === 'CRON')
      throw apiError('BAD_REQUEST', 'A CRON monitor is not checked: its job sends heartbeats. Ping its heartbeatUrl.')
    return { results: (await deps.engine.checkNow(monitor.id)).map(presentReport) }
  })

  app.post('/monitors/test', { schema: { body: MonitorBody } }, async (request) => {
    const monitor = await unsavedMonitor(deps, accountOf(request), asBody(request.body))
    if (monitor.type === 'CRON')
      throw apiError(
        'BAD_REQUEST',
        'A CRON monitor is not checked, so there is nothing to try: its job sends heartbeats.',
      )
    return { results: (await deps.engine.tryOut(monitor)).map(presentReport) }
  })

  app.get(
    '/monitors/:monitorId/checks',
    { schema: { params: MonitorParams, querystring: ChecksQuery } },
    async (request) => {
      const { query } = request
      const page = pageOf(query)
      const range = rangeOf(query)
      const monitor = await findMonitor(deps, accountOf(request).id, request.params.monitorId)
      const filter = {
        ...range,
        ...(query.region === undefined ? {} : { region: normalizeRegion(query.region) }),
        ...(query.status === undefined ? {} : { status: query.status }),
      }
      const found = await deps.store.results.list(monitor.id, filter, page)
      return { checks: found.rows.map(presentCheck), ...countOf(found, page) }
    },
  )
}
