import type { Static } from 'typebox'
import { type MaintenanceWindow, maintenanceStatus, occurrenceAfter, overlapsItself, wallLengthMs } from '#domain'
import { invalid, type Problem } from '../errors.ts'
import { isoSeconds } from '../http/times.ts'
import { ownMonitor } from '../monitors/find.ts'
import type { RouteDeps } from '../routes.ts'
import { timezoneProblem } from '../timezone.ts'
import { readMoment } from '../zoned-time.ts'
import type { ChangedMaintenanceWindow, NewMaintenanceWindow } from './bodies.ts'
import { presentRecurrence } from './present.ts'
import { readRecurrence } from './read-recurrence.ts'

type Body = Static<typeof ChangedMaintenanceWindow>
type Deps = Pick<RouteDeps, 'engine' | 'newId' | 'clock'>

const EARLIEST_MS = Date.UTC(2000, 0)
const LATEST_MS = Date.UTC(2100, 0)
const LONGEST_MS = 366 * 86_400_000

/** A window that is not stored yet. Throws `ApiError` that lists every problem. */
export function newWindow(deps: Deps, accountId: string, body: Static<typeof NewMaintenanceWindow>): MaintenanceWindow {
  const nowMs = deps.clock.nowMs()
  const blank: MaintenanceWindow = {
    id: deps.newId('mw'),
    accountId,
    title: body.title,
    description: null,
    startsAtMs: nowMs,
    endsAtMs: nowMs,
    timezone: 'UTC',
    recurrence: null,
    allMonitors: true,
    monitorIds: [],
    cancelledAtMs: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  return laidOver(deps, blank, body, true)
}

/** The stored window with the given fields laid over it. Throws `ApiError` that lists every problem. */
export function changedWindow(deps: Deps, stored: MaintenanceWindow, body: Body): MaintenanceWindow {
  return laidOver(deps, stored, body, false)
}

function laidOver(deps: Deps, stored: MaintenanceWindow, body: Body, isNew: boolean): MaintenanceWindow {
  const problems: Problem[] = []
  const timezone = readZone(body.timezone, stored.timezone, problems)
  const startsAtMs = readTime('startsAt', body.startsAt, timezone, stored.startsAtMs, problems)
  const endsAtMs = readTime('endsAt', body.endsAt, timezone, stored.endsAtMs, problems)
  const areTimesRead = problems.length === 0
  if (areTimesRead && endsAtMs <= startsAtMs) problems.push({ path: 'endsAt', message: 'must be after startsAt' })
  else if (areTimesRead && endsAtMs - startsAtMs > LONGEST_MS)
    problems.push({ path: 'endsAt', message: 'is more than 366 days after startsAt' })
  const given = body.recurrence === undefined ? asGiven(stored) : body.recurrence
  const recurrence = readRecurrence(given, { startsAtMs, timezone }, problems)
  const monitors = readMonitors(deps, stored, body, isNew, problems)
  const window: MaintenanceWindow = {
    ...stored,
    ...monitors,
    title: body.title ?? stored.title,
    description: body.description === undefined ? stored.description : body.description,
    startsAtMs,
    endsAtMs,
    timezone,
    recurrence,
  }
  if (problems.length === 0) problems.push(...courseProblems(window, isNew ? null : stored, deps.clock.nowMs()))
  if (problems.length > 0) throw invalid(problems)
  return window
}

/** A recurrence that was left out stays what it is, which its own reading makes of it again. */
function asGiven({ recurrence }: MaintenanceWindow) {
  return recurrence === null ? null : presentRecurrence(recurrence)
}

function readZone(given: string | null | undefined, before: string, problems: Problem[]): string {
  if (given === undefined) return before
  if (given === null) return 'UTC'
  const message = timezoneProblem(given)
  if (message === null) return given
  problems.push({ path: 'timezone', message })
  return 'UTC'
}

function readTime(
  path: 'startsAt' | 'endsAt',
  text: string | undefined,
  timezone: string,
  before: number,
  problems: Problem[],
): number {
  if (text === undefined) return before
  const ms = readMoment(text, timezone)
  if (ms === null) problems.push({ path, message: 'expected a time such as 2025-01-21T10:30:00Z' })
  else if (ms < EARLIEST_MS || ms >= LATEST_MS) problems.push({ path, message: 'must be from 2000 to 2099' })
  return ms !== null && ms >= EARLIEST_MS && ms < LATEST_MS ? ms : before
}

function readMonitors(
  deps: Deps,
  stored: MaintenanceWindow,
  { monitorIds, allMonitors }: Body,
  isNew: boolean,
  problems: Problem[],
): Pick<MaintenanceWindow, 'allMonitors' | 'monitorIds'> {
  const kept = { allMonitors: stored.allMonitors, monitorIds: stored.monitorIds }
  const ids = monitorIds ?? []
  if (allMonitors === true && ids.length > 0) {
    problems.push({ path: 'allMonitors', message: 'says all, but monitorIds names some; send one of them' })
    return kept
  }
  if (ids.length > 0) {
    for (const [at, id] of ids.entries()) {
      if (ownMonitor(deps, stored.accountId, id) === null)
        problems.push({ path: `monitorIds[${at}]`, message: `there is no monitor ${JSON.stringify(id)}` })
    }
    return { allMonitors: false, monitorIds: [...new Set(ids)] }
  }
  if (allMonitors === true) return { allMonitors: true, monitorIds: [] }
  const isUnchanged = monitorIds === undefined || (!stored.allMonitors && stored.monitorIds.length === 0)
  if (allMonitors === false && (isNew || stored.allMonitors || !isUnchanged))
    problems.push({ path: 'monitorIds', message: 'name at least one monitor, or send allMonitors: true' })
  if (isNew || (monitorIds === undefined && allMonitors == null) || allMonitors === false) return kept
  return { allMonitors: true, monitorIds: [] }
}

/** What is wrong with when it takes place, once every field by itself is right. */
function courseProblems(window: MaintenanceWindow, stored: MaintenanceWindow | null, nowMs: number): Problem[] {
  if (window.recurrence !== null) {
    if (wallLengthMs(window) <= 0)
      return [{ path: 'endsAt', message: 'shows no later time than startsAt, as the clocks are set back in between' }]
    if (overlapsItself(window))
      return [{ path: 'endsAt', message: 'is after the next occurrence begins; make it shorter, or rarer' }]
    if (occurrenceAfter(window, 0) === null)
      return [{ path: 'recurrence', message: 'never takes place: no day from startsAt on fits it' }]
  }
  if (maintenanceStatus(window, nowMs) !== 'COMPLETED') return []
  // Moving the end of a running one to the past ends it now.
  if (stored !== null && maintenanceStatus(stored, nowMs) === 'IN_PROGRESS') return []
  const now = isoSeconds(nowMs)
  return window.recurrence === null
    ? [{ path: 'endsAt', message: `is in the past; it is ${now}` }]
    : [{ path: 'recurrence', message: `takes place no more: its last occurrence is over, as it is ${now}` }]
}
