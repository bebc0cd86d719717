import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Incident as DomainIncident, type IncidentChange, isManual, monitorsOf } from '#domain'
import { accountOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import { findOwn } from '../find-own.ts'
import { requireMatch, setRevision } from '../http/etag.ts'
import { withReservedId } from '../http/idempotency.ts'
import { countOf, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { Incident, IncidentList, IncidentRemoved } from './answers.ts'
import { auditedFields, targetOf } from './audited.ts'
import { IncidentChanges, NewIncident, NewUpdate, Resolve } from './fields.ts'
import { filterOf, ListQuery } from './list-query.ts'
import { incidentActor, openIncident } from './open.ts'
import { type PresentContext, presentIncident, presentRow } from './present.ts'

/** A timeline takes at most so many entries, so that it can be shown whole. */
const UPDATES_MAX = 500

const IncidentParams = Type.Object({ incidentId: Type.String({ description: 'Id of the incident.' }) })

const tags = ['Incidents']
const params = IncidentParams
const response = { 200: Incident }

/** `/incidents`: list, open, get, edit, timeline, acknowledge, resolve, delete. */
export const incidentRoutes: Routes = (app, deps) => {
  const { store, engine, audit } = deps

  app.get(
    '/incidents',
    {
      schema: {
        tags,
        operationId: 'listIncidents',
        summary: 'List incidents',
        description: 'Newest start first.',
        querystring: ListQuery,
        response: { 200: IncidentList },
      },
    },
    async (request) => {
      const page = pageOf(request.query)
      const found = await store.incidents.list(accountOf(request).id, filterOf(request.query), page)
      const context = presentContext(deps)
      return { incidents: found.rows.map((incident) => presentRow(incident, context)), ...countOf(found, page) }
    },
  )

  app.post(
    '/incidents',
    {
      schema: {
        tags,
        operationId: 'createIncident',
        summary: 'Open an incident by hand',
        description: 'It is resolved by hand too, and has no effect on the status or uptime of its monitors.',
        body: NewIncident,
        response: { 201: Incident },
      },
      config: { creates: true, reservesId: 'inc' },
    },
    async (request, reply) => {
      const incident = await openIncident(withReservedId(deps, request), request, request.body)
      await audit(request, { action: 'incident.created', target: targetOf(incident), after: auditedFields(incident) })
      reply.code(201).header('location', `/api/v1/incidents/${incident.id}`)
      return show(reply, incident)
    },
  )

  app.get(
    '/incidents/:incidentId',
    { schema: { tags, operationId: 'getIncident', summary: 'Get an incident', params, response } },
    async (request, reply) => show(reply, await findIncident(deps, request, request.params.incidentId)),
  )

  app.put(
    '/incidents/:incidentId',
    {
      schema: {
        tags,
        operationId: 'updateIncident',
        summary: 'Edit an incident',
        description: 'What people set is not changed by StatusApp any more. Resolving is an action of its own.',
        params,
        body: IncidentChanges,
        response,
      },
    },
    async (request, reply) => {
      const { title, severity, rootCause, rootCauseCategory, assignee, postMortem, isPublic } = request.body
      const edit = { title, severity, rootCause, rootCauseCategory, assignee, postMortem, isPublic }
      const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))
      const { incident } = await change(request, { kind: 'edit', edit: given }, 'incident.updated', (stored) => {
        requireMatch(request, String(stored.revision))
        if (title === null && isManual(stored))
          throw apiError('BAD_REQUEST', 'title: an incident that people opened needs one')
      })
      return show(reply, incident)
    },
  )

  app.post(
    '/incidents/:incidentId/updates',
    {
      schema: {
        tags,
        operationId: 'addIncidentUpdate',
        summary: 'Add to the timeline',
        description: 'Once it is resolved, an incident takes entries of status `update` only.',
        params,
        body: NewUpdate,
        response: { 201: Incident },
      },
      config: { creates: true },
    },
    async (request, reply) => {
      const { status, message, isPublic } = request.body
      const update = { kind: 'update', status: status ?? 'update', message, isPublic: isPublic ?? null } as const
      const { incident } = await change(request, update, 'incident.update_added', async ({ id }) => {
        if ((await store.incidents.updates(id)).length >= UPDATES_MAX)
          throw apiError('CONFLICT', `The timeline of an incident takes at most ${UPDATES_MAX} entries.`)
      })
      reply.code(201).header('location', `/api/v1/incidents/${incident.id}`)
      return show(reply, incident, update.status === 'resolved' ? warningsOf(incident) : [])
    },
  )

  app.post(
    '/incidents/:incidentId/acknowledge',
    {
      schema: {
        tags,
        operationId: 'acknowledgeIncident',
        summary: 'Say that you see to it',
        description: 'The first one counts; a second time changes nothing.',
        params,
        response,
      },
    },
    async (request, reply) => {
      const { incident } = await change(request, { kind: 'acknowledge' }, 'incident.acknowledged')
      return show(reply, incident)
    },
  )

  app.post(
    '/incidents/:incidentId/resolve',
    {
      schema: {
        tags,
        operationId: 'resolveIncident',
        summary: 'Resolve an incident',
        description:
          'A second time changes nothing. While its monitor is still DOWN no new incident opens until it has recovered.',
        params,
        body: Resolve,
        response,
      },
    },
    async (request, reply) => {
      const { message, isPublic } = request.body
      const resolve = { kind: 'resolve', message: message ?? null, isPublic: isPublic ?? null } as const
      const { incident, isChanged } = await change(request, resolve, 'incident.resolved')
      return show(reply, incident, isChanged ? warningsOf(incident) : [])
    },
  )

  app.delete(
    '/incidents/:incidentId',
    {
      schema: {
        tags,
        operationId: 'deleteIncident',
        summary: 'Delete an incident that people opened',
        description: 'What StatusApp has found itself stays: it is the record of an outage.',
        params,
        response: { 200: IncidentRemoved },
      },
    },
    async (request) => {
      const { incidentId } = request.params
      await deps.inTurn(incidentId, async () => {
        const incident = await findIncident(deps, request, incidentId)
        requireMatch(request, String(incident.revision))
        if (!isManual(incident))
          throw apiError(
            'CONFLICT',
            'Only incidents that people opened can be deleted. Make this one not public instead.',
          )
        await engine.deleteIncident(incident.id)
        await audit(request, {
          action: 'incident.deleted',
          target: targetOf(incident),
          before: auditedFields(incident),
        })
      })
      return { success: true as const, message: 'Incident deleted successfully' }
    },
  )

  /** Changes an incident in turn; `mayChange` sees the stored one first, and throws where it may not be. */
  function change(
    request: FastifyRequest<{ Params: Static<typeof IncidentParams> }>,
    wanted: IncidentChange,
    action: string,
    mayChange: (stored: DomainIncident) => void | Promise<void> = () => undefined,
  ): Promise<{ incident: DomainIncident; isChanged: boolean }> {
    const { incidentId } = request.params
    return deps.inTurn(incidentId, async () => {
      const stored = await findIncident(deps, request, incidentId)
      await mayChange(stored)
      const outcome = await engine.changeIncident(stored, wanted, incidentActor(request))
      if ('refusal' in outcome) throw apiError('CONFLICT', outcome.refusal)
      const { incident } = outcome
      const [before, after] = [auditedFields(stored), auditedFields(incident)]
      const said = wanted.kind === 'update' ? { update: { status: wanted.status, message: wanted.message } } : {}
      await audit(request, { action, target: targetOf(incident), before, after: { ...after, ...said } })
      return { incident, isChanged: stored.resolvedAtMs !== incident.resolvedAtMs }
    })
  }

  async function show(reply: FastifyReply, incident: DomainIncident, warnings: string[] = []) {
    setRevision(reply, String(incident.revision))
    return presentIncident(incident, await store.incidents.updates(incident.id), presentContext(deps), warnings)
  }

  function warningsOf(incident: DomainIncident): string[] {
    if (isManual(incident)) return []
    return monitorsOf(incident)
      .filter(({ id }) => engine.state(id)?.status === 'DOWN')
      .map(({ name }) => `"${name}" is still DOWN. No new incident opens until it has recovered and fails again.`)
  }
}

/** The account's incident of this id. Throws `ApiError`. */
function findIncident({ store }: RouteDeps, request: FastifyRequest, id: string): Promise<DomainIncident> {
  return findOwn('inc', id, () => store.incidents.get(accountOf(request).id, id))
}

function presentContext({ clock, engine }: RouteDeps): PresentContext {
  return { nowMs: clock.nowMs(), statusOf: (monitorId) => engine.state(monitorId)?.status ?? null }
}
