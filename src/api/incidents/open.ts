import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { type Actor, type Incident, type NamedMonitor, UNTOUCHED } from '#domain'
import { actorOf } from '../audit/actor.ts'
import { accountOf } from '../auth/caller.ts'
import { invalid, type Problem } from '../errors.ts'
import { parseTime } from '../http/times.ts'
import { ownMonitor } from '../monitors/find.ts'
import type { RouteDeps } from '../routes.ts'
import type { NewIncident } from './fields.ts'

/** How far the clock of who writes `startedAt` may be ahead of ours. */
const AHEAD_MS = 60_000

/** Who does something to an incident. */
export function incidentActor(request: FastifyRequest): Actor {
  const { id, name } = actorOf(request)
  return { id: id ?? '', name: name ?? '' }
}

/** Opens an incident by hand. Throws `ApiError` that lists every problem. */
export async function openIncident(
  deps: RouteDeps,
  request: FastifyRequest,
  body: Static<typeof NewIncident>,
): Promise<Incident> {
  const accountId = accountOf(request).id
  const nowMs = deps.clock.nowMs()
  const problems: Problem[] = []
  const startedAtMs = startOf(body.startedAt ?? null, nowMs, problems)
  const monitors = namedMonitors(deps, accountId, body.monitorIds ?? [], problems)
  if (problems.length > 0) throw invalid(problems)
  const incident: Omit<Incident, 'number'> = {
    ...UNTOUCHED,
    id: deps.newId('inc'),
    accountId,
    monitorId: null,
    monitorName: null,
    monitors,
    startedAtMs,
    resolvedAtMs: null,
    resolution: null,
    title: body.title,
    stage: body.status ?? 'investigating',
    severity: body.severity ?? 'MEDIUM',
    isPublic: body.isPublic ?? true,
    rootCause: body.rootCause ?? '',
    rootCauseCategory: body.rootCauseCategory ?? 'UNKNOWN',
    assignee: body.assignee ?? null,
    affectedRegions: [],
    checksFailed: 0,
    checksTotal: 0,
    evidence: null,
  }
  return deps.engine.openIncident(incident, body.message ?? body.title, incidentActor(request))
}

function startOf(text: string | null, nowMs: number, problems: Problem[]): number {
  if (text === null) return nowMs
  const ms = parseTime(text)
  if (ms === null) problems.push({ path: 'startedAt', message: 'expected a time such as 2025-01-21T10:30:00Z' })
  else if (ms > nowMs + AHEAD_MS) problems.push({ path: 'startedAt', message: 'is in the future' })
  else if (ms < 0) problems.push({ path: 'startedAt', message: 'is before 1970' })
  return Math.min(ms ?? nowMs, nowMs)
}

function namedMonitors(
  deps: RouteDeps,
  accountId: string,
  ids: readonly string[],
  problems: Problem[],
): NamedMonitor[] {
  const monitors: NamedMonitor[] = []
  for (const id of new Set(ids)) {
    const monitor = ownMonitor(deps, accountId, id)
    if (monitor === null)
      problems.push({ path: `monitorIds[${ids.indexOf(id)}]`, message: 'is not a monitor of yours' })
    else monitors.push({ id, name: monitor.settings.name })
  }
  return monitors
}
