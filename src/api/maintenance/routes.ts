import { type Static, Type } from 'typebox'
import { type Json, MAINTENANCE_STATUSES, type MaintenanceWindow, maintenanceStatus } from '#domain'
import type { MaintenanceFilter } from '#storage'
import { accountOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import { findOwn } from '../find-own.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { withReservedId } from '../http/idempotency.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { RangeFields, rangeOf } from '../time-range.ts'
import { ChangedMaintenanceWindow, NewMaintenanceWindow } from './bodies.ts'
import {
  CANCELLED_MESSAGE,
  CancelledMaintenanceWindow,
  MaintenanceWindowAnswer,
  MaintenanceWindowList,
  presentWindow,
} from './present.ts'
import { changedWindow, newWindow } from './read-window.ts'

/** At most so many windows of an account may be running or have yet to come. */
const OPEN_MAX = 1_000

const Params = Type.Object({
  maintenanceWindowId: Type.String({ description: 'Id of the window.', examples: ['mw_4f7k2p9x1c8w5z3a'] }),
})
const ListQuery = Type.Object({
  ...PageFields,
  from: Type.Optional(
    Type.Unsafe<string>({ ...RangeFields.from, description: 'Windows that take place at or after.' }),
  ),
  to: Type.Optional(Type.Unsafe<string>({ ...RangeFields.to, description: 'Windows that take place before.' })),
  status: Type.Optional(Type.Enum(MAINTENANCE_STATUSES)),
  monitorId: Type.Optional(
    Type.String({ maxLength: 64, description: 'Windows that are about this monitor, by name or with all others.' }),
  ),
})

/** `/maintenance-windows`: list, create, get, update, cancel. */
export const maintenanceRoutes: Routes = (app, deps) => {
  const { store, engine, clock } = deps
  const shared = { tags: ['Maintenance'] }

  const list = {
    ...shared,
    operationId: 'listMaintenanceWindows',
    summary: 'List maintenance windows',
    description: 'Latest start first. `from` and `to` look at when a window takes place, each time that it does.',
    querystring: ListQuery,
    response: { 200: MaintenanceWindowList },
  }
  app.get('/maintenance-windows', { schema: list }, async (request) => {
    const page = pageOf(request.query)
    const found = await store.maintenance.list(accountOf(request).id, filterOf(request.query), page)
    const nowMs = clock.nowMs()
    return { maintenanceWindows: found.rows.map((window) => presentWindow(window, nowMs)), ...countOf(found, page) }
  })

  const create = {
    ...shared,
    operationId: 'createMaintenanceWindow',
    summary: 'Plan maintenance',
    description:
      'While it takes place its monitors are checked, but tell nobody, and the time does not count in their uptime. ' +
      'One that has begun already begins now. A recurring window keeps its time of day when the clocks change: a start ' +
      'that they skip moves to the end of the gap, and one that they show twice is the first of the two.',
    body: NewMaintenanceWindow,
    response: { 201: MaintenanceWindowAnswer },
  }
  app.post(
    '/maintenance-windows',
    { schema: create, config: { creates: true, reservesId: 'mw' } },
    async (request, reply) => {
      const { id: accountId } = accountOf(request)
      const window = await deps.inTurn(`maintenance of ${accountId}`, async () => {
        const made = newWindow(withReservedId(deps, request), accountId, request.body)
        await requireRoom(deps, accountId)
        await engine.saveMaintenance(made)
        await deps.audit(request, { action: 'maintenance.created', target: targetOf(made), after: plannedOf(made) })
        return made
      })
      setRevision(reply, revisionOf(window))
      reply.code(201).header('location', `/api/v1/maintenance-windows/${window.id}`)
      return presentWindow(window, clock.nowMs())
    },
  )

  const get = {
    ...shared,
    operationId: 'getMaintenanceWindow',
    summary: 'Get a maintenance window',
    params: Params,
    response: { 200: MaintenanceWindowAnswer },
  }
  app.get('/maintenance-windows/:maintenanceWindowId', { schema: get }, async (request, reply) => {
    const window = await findWindow(deps, accountOf(request).id, request.params.maintenanceWindowId)
    setRevision(reply, revisionOf(window))
    return presentWindow(window, clock.nowMs())
  })

  const update = {
    ...shared,
    operationId: 'updateMaintenanceWindow',
    summary: 'Change a maintenance window',
    description:
      'Only what is given changes. One that is in progress goes on if it still takes place now, else it ends now.',
    params: Params,
    body: ChangedMaintenanceWindow,
    response: { 200: MaintenanceWindowAnswer },
  }
  app.put('/maintenance-windows/:maintenanceWindowId', { schema: update }, async (request, reply) => {
    const { maintenanceWindowId } = request.params
    const window = await deps.inTurn(maintenanceWindowId, async () => {
      const stored = await findWindow(deps, accountOf(request).id, maintenanceWindowId)
      requireMatch(request, revisionOf(stored))
      if (!isOpen(stored)) return requireUnchanged(stored, request.body)
      const changed = changedWindow(deps, stored, request.body)
      if (revisionOf(changed) === revisionOf(stored)) return stored
      const saved = { ...changed, updatedAtMs: clock.nowMs() }
      await engine.saveMaintenance(saved)
      const sides = { before: plannedOf(stored), after: plannedOf(saved) }
      await deps.audit(request, { action: 'maintenance.updated', target: targetOf(saved), ...sides })
      return saved
    })
    setRevision(reply, revisionOf(window))
    return presentWindow(window, clock.nowMs())
  })

  const remove = {
    ...shared,
    operationId: 'cancelMaintenanceWindow',
    summary: 'Cancel a maintenance window',
    description: 'One that is in progress ends now. It stays in the list as CANCELLED.',
    params: Params,
    response: { 200: CancelledMaintenanceWindow },
  }
  app.delete(
    '/maintenance-windows/:maintenanceWindowId',
    { schema: remove, config: { kind: 'work' } },
    async (request) => {
      const { maintenanceWindowId } = request.params
      await deps.inTurn(maintenanceWindowId, async () => {
        const stored = await findWindow(deps, accountOf(request).id, maintenanceWindowId)
        requireMatch(request, revisionOf(stored))
        if (stored.cancelledAtMs !== null) return
        if (!isOpen(stored)) throw apiError('CONFLICT', 'This window is over; there is nothing to cancel.')
        const cancelledAtMs = clock.nowMs()
        await engine.saveMaintenance({ ...stored, cancelledAtMs, updatedAtMs: cancelledAtMs })
        await deps.audit(request, {
          action: 'maintenance.cancelled',
          target: targetOf(stored),
          before: plannedOf(stored),
        })
      })
      return { success: true as const, message: CANCELLED_MESSAGE }
    },
  )

  function isOpen(window: MaintenanceWindow): boolean {
    const status = maintenanceStatus(window, clock.nowMs())
    return status === 'SCHEDULED' || status === 'IN_PROGRESS'
  }

  /** What GET answered of a window that is over can be sent back; all else is refused. */
  function requireUnchanged(stored: MaintenanceWindow, body: Static<typeof ChangedMaintenanceWindow>) {
    const planned = plannedOf(stored)
    const isSame = Object.entries(body).every(
      ([field, value]) => !(field in planned) || JSON.stringify(value) === JSON.stringify(planned[field]),
    )
    if (isSame) return stored
    const what = stored.cancelledAtMs === null ? 'is over' : 'was cancelled'
    throw apiError('CONFLICT', `This window ${what} and can't be changed; plan a new one instead.`)
  }
}

/** The account's window of this id. Throws `ApiError`. */
function findWindow({ store }: RouteDeps, accountId: string, id: string): Promise<MaintenanceWindow> {
  return findOwn('mw', id, () => store.maintenance.get(accountId, id))
}

async function requireRoom({ store }: RouteDeps, accountId: string): Promise<void> {
  if ((await store.maintenance.countOpen(accountId)) < OPEN_MAX) return
  throw apiError('CONFLICT', `At most ${OPEN_MAX} windows may be planned at a time. Cancel one first.`)
}

function filterOf(query: Static<typeof ListQuery>): MaintenanceFilter {
  const { status, monitorId } = query
  return {
    ...rangeOf(query),
    ...(status === undefined ? {} : { status }),
    ...(monitorId === undefined ? {} : { monitorId }),
  }
}

function targetOf({ id, title }: MaintenanceWindow) {
  return { type: 'maintenanceWindow', id, name: title }
}

/** What people plan of a window, as answers have it. */
function plannedOf(window: MaintenanceWindow): { [field: string]: Json } {
  const { title, description, startsAt, endsAt, monitorIds, allMonitors, timezone, recurrence } = presentWindow(
    window,
    0,
  )
  return { title, description, startsAt, endsAt, monitorIds, allMonitors, timezone, recurrence }
}
