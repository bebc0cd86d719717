import { Type } from 'typebox'
import { formatIncidentNumber } from '#domain'
import type { IncidentSummary } from '#storage'
import { accountOf } from './auth/caller.ts'
import { apiError } from './errors.ts'
import { isoSeconds } from './http/times.ts'
import { countOf, PageFields, pageOf } from './paging.ts'
import type { Routes } from './routes.ts'
import { RangeFields, rangeOf } from './time-range.ts'

const STATUS_FILTERS = ['active', 'open', 'resolved', 'all'] as const

const ListQuery = Type.Object({
  ...PageFields,
  ...RangeFields,
  monitorId: Type.Optional(Type.String({ maxLength: 64, description: 'Incidents of this monitor only.' })),
  status: Type.Optional(
    Type.Enum(STATUS_FILTERS, { description: '`open` says the same as `active`.', default: 'all' }),
  ),
})
const IncidentParams = Type.Object({ incidentId: Type.String({ description: 'Id of the incident.' }) })

/** `/incidents`: list and get. */
export const incidentRoutes: Routes = (app, { store, clock }) => {
  app.get('/incidents', { schema: { querystring: ListQuery } }, async (request) => {
    const { monitorId, status = 'all' } = request.query
    const page = pageOf(request.query)
    const filter = {
      ...rangeOf(request.query),
      ...(monitorId === undefined ? {} : { monitorId }),
      status: status === 'open' ? ('active' as const) : status,
    }
    const found = await store.incidents.list(accountOf(request).id, filter, page)
    const nowMs = clock.nowMs()
    return { incidents: found.rows.map((incident) => presentRow(incident, nowMs)), ...countOf(found, page) }
  })

  app.get('/incidents/:incidentId', { schema: { params: IncidentParams } }, async (request) => {
    const { incidentId } = request.params
    const isId = /^inc_[a-z0-9]{16}$/.test(incidentId)
    const incident = isId ? await store.incidents.get(accountOf(request).id, incidentId) : null
    if (incident === null) throw apiError('NOT_FOUND', 'There is no incident of this id.')
    return { ...presentRow(incident, clock.nowMs()), resolution: incident.resolution, evidence: incident.evidence }
  })
}

function presentRow(incident: IncidentSummary, nowMs: number) {
  const { startedAtMs, resolvedAtMs } = incident
  const isResolved = resolvedAtMs !== null
  const duration = Math.max(0, Math.round(((resolvedAtMs ?? nowMs) - startedAtMs) / 1000))
  return {
    id: incident.id,
    incidentNumber: incident.number === null ? null : formatIncidentNumber(incident.number),
    monitorId: incident.monitorId,
    monitorName: incident.monitorName,
    startedAt: isoSeconds(startedAtMs),
    resolvedAt: isoSeconds(resolvedAtMs),
    duration,
    isResolved,
    severity: incident.severity,
    status: isResolved ? 'resolved' : 'active',
    rootCause: incident.rootCause,
    rootCauseCategory: incident.rootCauseCategory,
    affectedRegions: incident.affectedRegions,
    checksFailed: incident.checksFailed,
    checksTotal: incident.checksTotal,
    mttr: isResolved ? duration : null,
  }
}
