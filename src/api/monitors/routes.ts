import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Json, MONITOR_STATUSES, type Monitor } from '#domain'
import { MONITOR_TYPES } from '#probes'
import type { MonitorFilter } from '#storage'
import { accountOf, callerOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import { requireMatch, setRevision } from '../http/etag.ts'
import { withReservedId } from '../http/idempotency.ts'
import { channelChange } from '../notification-channels/audited.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { MonitorList, NewHeartbeatUrl, PauseState, RemovedMonitor } from './answers.ts'
import type { SaveDeps } from './assign-channels.ts'
import { monitorChange } from './audited.ts'
import { ChangedMonitorBody, Monitor as MonitorAnswer, NewMonitorBody } from './by-type.ts'
import { DEFAULT_CRON_INTERVAL_S, TYPE_ALIASES } from './common-fields.ts'
import { NO_FIGURES } from './figures.ts'
import { findMonitor, MonitorParams } from './find.ts'
import { firstResultWaiter } from './first-result.ts'
import { HEARTBEAT_SECRET_FIELD, heartbeatUrl, newHeartbeatSecret } from './heartbeat-secret.ts'
import { presentMonitor, presentRow, statusOf } from './present.ts'
import { changeMonitor, createMonitor, updateMonitor } from './save.ts'
import { activeRegions, warningsOf } from './warnings.ts'

const UNPAGED_MAX = 1_000

const ListQuery = Type.Object({
  ...PageFields,
  status: Type.Optional(Type.Enum(MONITOR_STATUSES, { description: 'Only monitors of this status.' })),
  type: Type.Optional(
    Type.Enum([...MONITOR_TYPES, ...TYPE_ALIASES.keys()], { description: 'Only those of this type.' }),
  ),
  search: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the name or URL.' })),
  tag: Type.Optional(Type.String({ maxLength: 50, description: 'Only those with this tag.' })),
  sort: Type.Optional(
    Type.Enum(['createdAt', 'updatedAt', 'name', 'type', 'status'], {
      description: 'What to sort by.',
      default: 'createdAt',
    }),
  ),
  order: Type.Optional(
    Type.Enum(['asc', 'desc'], { description: 'Default: newest first for times, else from A to Z.' }),
  ),
})
const monitors = { tags: ['Monitors'] }

const PAUSING = [
  {
    action: 'pause',
    isPaused: true,
    operationId: 'pauseMonitor',
    summary: 'Pause a monitor',
    description: 'It is no longer checked, and an open incident is resolved. Pausing again changes nothing.',
  },
  {
    action: 'resume',
    isPaused: false,
    operationId: 'resumeMonitor',
    summary: 'Resume a monitor',
    description: 'It is checked again, at once.',
  },
] as const

/** `/monitors`: list, create, get, update, delete, pause, resume. */
export const monitorRoutes: Routes = (app, deps) => {
  const waitForFirstResult = firstResultWaiter(deps.engine)

  const list = {
    ...monitors,
    operationId: 'listMonitors',
    summary: 'List monitors',
    description: `Without \`limit\`, all of them, up to ${UNPAGED_MAX}.`,
    querystring: ListQuery,
    response: { 200: MonitorList },
  }
  app.get('/monitors', { schema: list }, async (request) => {
    const { query } = request
    const page = pageOf(query, UNPAGED_MAX)
    const sort = query.sort ?? 'createdAt'
    const direction = query.order ?? (sort === 'createdAt' || sort === 'updatedAt' ? 'desc' : 'asc')
    const found = await deps.store.monitors.list(accountOf(request).id, filterOf(query), page, { sort, direction })
    const figures = await deps.figures.read(found.rows.map(({ id }) => id))
    const publicUrl = deps.config.publicUrl()
    const monitors = found.rows.map((monitor) =>
      presentRow(monitor, {
        state: deps.engine.state(monitor.id),
        figures: figures.get(monitor.id) ?? NO_FIGURES,
        publicUrl,
      }),
    )
    return { monitors, ...countOf(found, page) }
  })

  const create = {
    ...monitors,
    operationId: 'createMonitor',
    summary: 'Create a monitor',
    description:
      'It is checked at once; the answer waits up to 1.5 s for the first result, unless the request says `Prefer: respond-async`.',
    body: NewMonitorBody,
    response: { 201: MonitorAnswer },
  }
  app.post('/monitors', { schema: create, config: { creates: true, reservesId: 'mon' } }, async (request, reply) => {
    const { monitor, draft } = await createMonitor(
      telling(request, withReservedId(deps, request)),
      callerOf(request),
      asBody(request.body),
    )
    await deps.audit(request, monitorChange('created', { after: monitor }))
    await waitForFirstResult(monitor, request.headers.prefer)
    setRevision(reply, String(monitor.version))
    reply.code(201).header('location', `/api/v1/monitors/${monitor.id}`)
    return show(deps, request, monitor, scheduleWarning(monitor, draft.fields.common.interval))
  })

  const get = {
    ...monitors,
    operationId: 'getMonitor',
    summary: 'Get a monitor',
    params: MonitorParams,
    response: { 200: MonitorAnswer },
  }
  app.get('/monitors/:monitorId', { schema: get }, async (request, reply) => {
    const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
    setRevision(reply, String(monitor.version))
    return show(deps, request, monitor)
  })

  const update = {
    ...monitors,
    operationId: 'updateMonitor',
    summary: 'Update a monitor',
    params: MonitorParams,
    body: ChangedMonitorBody,
    response: { 200: MonitorAnswer },
  }
  app.put('/monitors/:monitorId', { schema: update }, async (request, reply) => {
    const { monitorId } = request.params
    const sides: { before?: Monitor } = {}
    const monitor = await updateMonitor(
      telling(request, deps),
      callerOf(request),
      monitorId,
      asBody(request.body),
      (stored) => {
        requireMatch(request, String(stored.version))
        sides.before = stored
      },
    )
    await deps.audit(request, monitorChange('updated', { ...sides, after: monitor }))
    setRevision(reply, String(monitor.version))
    return show(deps, request, monitor)
  })

  const remove = {
    ...monitors,
    operationId: 'deleteMonitor',
    summary: 'Delete a monitor',
    description: 'With its results. Its open incident is resolved.',
    params: MonitorParams,
    response: { 200: RemovedMonitor },
  }
  app.delete('/monitors/:monitorId', { schema: remove }, async (request) => {
    const { monitorId } = request.params
    await deps.inTurn(monitorId, async () => {
      const monitor = findMonitor(deps, accountOf(request).id, monitorId)
      requireMatch(request, String(monitor.version))
      await deps.engine.deleteMonitor(monitor.id)
      await deps.audit(request, monitorChange('deleted', { before: monitor }))
    })
    return { success: true as const, message: 'Monitor deleted successfully' }
  })

  for (const { action, isPaused, ...words } of PAUSING) {
    const pausing = { ...monitors, ...words, params: MonitorParams, response: { 200: PauseState } }
    app.post(`/monitors/:monitorId/${action}`, { schema: pausing }, async (request) => {
      const sides: { before?: Monitor } = {}
      const monitor = await changeMonitor(deps, accountOf(request), request.params.monitorId, (stored) => {
        sides.before = stored
        return stored.isPaused === isPaused ? null : { ...stored, isPaused }
      })
      await deps.audit(request, monitorChange(isPaused ? 'paused' : 'resumed', { ...sides, after: monitor }))
      return { id: monitor.id, isPaused: monitor.isPaused, status: statusOf(monitor, deps.engine.state(monitor.id)) }
    })
  }

  const renew = {
    ...monitors,
    operationId: 'renewHeartbeatUrl',
    summary: 'Give a CRON monitor an address of its own',
    description: 'Shown once. The addresses that it had before stop working.',
    params: MonitorParams,
    response: { 200: NewHeartbeatUrl },
  }
  app.post('/monitors/:monitorId/heartbeat-url', { schema: renew }, async (request) => {
    const { monitorId } = request.params
    const { secret, hash } = newHeartbeatSecret(monitorId, (size) => deps.randomBytes(size))
    const sides: { before?: Monitor } = {}
    const monitor = await changeMonitor(deps, accountOf(request), monitorId, (stored) => {
      if (stored.type !== 'CRON')
        throw apiError('BAD_REQUEST', `Only CRON monitors take heartbeats; this one is ${stored.type}.`)
      sides.before = stored
      return { ...stored, config: { ...stored.config, [HEARTBEAT_SECRET_FIELD]: hash } }
    })
    await deps.audit(request, monitorChange('heartbeatUrlRenewed', { ...sides, after: monitor }))
    return { id: monitor.id, heartbeatUrl: heartbeatUrl(secret, deps.config.publicUrl()) }
  })
}

/** The same parts, which tell the audit log of channels that are made with a monitor. */
function telling(request: FastifyRequest, deps: RouteDeps): SaveDeps {
  return { ...deps, channelMade: (channel) => deps.audit(request, channelChange('created', { after: channel })) }
}

/** A body that the validator has seen to be an object, and the parser to be JSON. */
export function asBody(body: Static<typeof NewMonitorBody>): { [name: string]: Json } {
  return body as { [name: string]: Json }
}

async function show(deps: RouteDeps, request: Parameters<typeof accountOf>[0], monitor: Monitor, more: string[] = []) {
  const figures = await deps.figures.read([monitor.id])
  const active = activeRegions(deps)
  const warnings = warningsOf(monitor, { account: accountOf(request), active, ownRegion: deps.config.region.code })
  return presentMonitor(monitor, {
    state: deps.engine.state(monitor.id),
    figures: figures.get(monitor.id) ?? NO_FIGURES,
    publicUrl: deps.config.publicUrl(),
    activeRegions: active,
    warnings: [...warnings, ...more],
    nowMs: deps.clock.nowMs(),
  })
}

function filterOf({ status, type, search, tag }: Static<typeof ListQuery>): MonitorFilter {
  return {
    ...(status === undefined ? {} : { status }),
    ...(type === undefined ? {} : { type: TYPE_ALIASES.get(type) ?? type }),
    ...(search === undefined || search === '' ? {} : { search }),
    ...(tag === undefined ? {} : { tag }),
  }
}

function scheduleWarning(monitor: Monitor, givenInterval: Json | undefined): string[] {
  const isPlain = monitor.type === 'CRON' && typeof monitor.config['schedule'] !== 'string'
  if (!isPlain || typeof givenInterval === 'number') return []
  return [`Neither interval nor schedule was given, so a heartbeat is expected every ${DEFAULT_CRON_INTERVAL_S} s.`]
}
