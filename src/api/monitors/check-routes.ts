import { Type } from 'typebox'
import { CHECK_STATUSES, isWatched, type Monitor, normalizeRegion } from '#domain'
import { probeFor } from '#probes'
import { accountOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import { isoSeconds } from '../http/times.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { Routes } from '../routes.ts'
import { RangeFields, rangeOf } from '../time-range.ts'
import { CheckList, CheckResults, HeartbeatList } from './answers.ts'
import { TriedMonitorBody } from './by-type.ts'
import { findMonitor, MonitorParams } from './find.ts'
import { presentCheck, presentReport } from './present-check.ts'
import { asBody } from './routes.ts'
import { unsavedMonitor } from './save.ts'

const ChecksQuery = Type.Object({
  ...PageFields,
  ...RangeFields,
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Only from this region.' })),
  status: Type.Optional(Type.Enum(CHECK_STATUSES, { description: 'Only checks that ended so.' })),
})
const HeartbeatsQuery = Type.Object(PageFields)
const checks = { tags: ['Checks'] }

/** Checks of monitors: run now, tried out, read; and the heartbeats of those that wait for them. */
export const checkRoutes: Routes = (app, deps) => {
  const tryOut = {
    ...checks,
    operationId: 'testMonitor',
    summary: 'Try out a configuration',
    description:
      'Checks once in each region and saves nothing. With the `id` of a stored monitor, masked secrets are those that it has.',
    body: TriedMonitorBody,
    response: { 200: CheckResults },
  }
  app.post('/monitors/test', { schema: tryOut }, async (request) => {
    const monitor = await unsavedMonitor(deps, accountOf(request), asBody(request.body))
    requireProbe(monitor)
    return { results: (await deps.engine.tryOut(monitor)).map(presentReport) }
  })

  const checkNow = {
    ...checks,
    operationId: 'checkMonitor',
    summary: 'Check a monitor now',
    description: 'Once in each region; the results are saved, and count.',
    params: MonitorParams,
    response: { 200: CheckResults },
  }
  app.post('/monitors/:monitorId/check', { schema: checkNow }, async (request) => {
    const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
    requireProbe(monitor)
    // A monitor that nobody watches has no state to change, so its check is only a try.
    const reports = isWatched(monitor) ? await deps.engine.checkNow(monitor.id) : await deps.engine.tryOut(monitor)
    return { results: reports.map(presentReport) }
  })

  app.get(
    '/monitors/:monitorId/checks',
    {
      schema: {
        ...checks,
        operationId: 'listChecks',
        summary: 'List the checks of a monitor',
        description: 'Newest first, as far as the plan keeps them.',
        params: MonitorParams,
        querystring: ChecksQuery,
        response: { 200: CheckList },
      },
    },
    async (request) => {
      const { query } = request
      const page = pageOf(query)
      const range = rangeOf(query)
      const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
      const filter = {
        ...range,
        ...(query.region === undefined ? {} : { region: normalizeRegion(query.region) }),
        ...(query.status === undefined ? {} : { status: query.status }),
      }
      const found = await deps.store.results.list(monitor.id, filter, page)
      return { checks: found.rows.map(presentCheck), ...countOf(found, page) }
    },
  )

  app.get(
    '/monitors/:monitorId/heartbeats',
    {
      schema: {
        tags: ['Heartbeats'],
        operationId: 'listHeartbeats',
        summary: 'List the heartbeats of a monitor',
        params: MonitorParams,
        querystring: HeartbeatsQuery,
        response: { 200: HeartbeatList },
      },
    },
    async (request) => {
      const page = pageOf(request.query)
      const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
      const found = await deps.store.heartbeats.list(monitor.id, page)
      const heartbeats = found.rows.map(({ atMs, kind, durationMs, message, exitStatus, source, rid }) => ({
        at: isoSeconds(atMs),
        kind,
        /** Seconds. */
        duration: durationMs === null ? null : durationMs / 1000,
        message,
        exitStatus,
        source,
        rid,
      }))
      return { heartbeats, ...countOf(found, page) }
    },
  )
}

function requireProbe({ type }: Monitor): void {
  if (probeFor(type)?.run === undefined)
    throw apiError('BAD_REQUEST', `${type} monitors are not probed: they wait for heartbeats.`)
}
