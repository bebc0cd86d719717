import { isDeepStrictEqual } from 'node:util'
import type { Json, Monitor, MonitorType } from '#domain'
import type { Account } from '#storage'
import type { Caller } from '../auth/caller.ts'
import { invalid } from '../errors.ts'
import type { RouteDeps } from '../routes.ts'
import { type AppliedFields, applyFields } from './apply-fields.ts'
import { assignChannels, type SaveDeps } from './assign-channels.ts'
import { findMonitor, ownMonitor } from './find.ts'
import { requireInterval, requireRoom } from './plan-limits.ts'
import { type MonitorFields, readMonitorFields } from './read-fields.ts'
import { resolveReferences } from './references.ts'

export type Body = { [name: string]: Json }

/** A valid configuration that is not stored yet. */
interface Draft extends AppliedFields {
  type: MonitorType
  fields: MonitorFields
}

/** Reads a body completely; nothing is changed. Throws `ApiError` that lists every problem. */
async function draftMonitor(deps: RouteDeps, account: Account, body: Body, stored: Monitor | null): Promise<Draft> {
  const fields = readMonitorFields(body, stored?.type ?? null)
  const applied = applyFields(fields, stored)
  const resolved = await resolveReferences(deps, account.id, applied.settings, stored)
  const problems = [...applied.problems, ...resolved.problems]
  if (problems.length > 0) throw invalid(problems)
  requireInterval(account, resolved.settings, stored?.settings ?? null)
  return { ...applied, settings: resolved.settings, type: fields.type, fields }
}

/** An unsaved monitor, for a try. */
export async function unsavedMonitor(deps: RouteDeps, account: Account, body: Body): Promise<Monitor> {
  const stored = typeof body['id'] === 'string' ? ownMonitor(deps, account.id, body['id']) : null
  const named = { name: 'Test', ...body }
  const draft = await draftMonitor(
    deps,
    account,
    named,
    stored?.type === (body['type'] ?? stored?.type) ? stored : null,
  )
  return newMonitor(deps, account, draft, 0)
}

/** Stores a new monitor and has it watched. */
export function createMonitor(deps: SaveDeps, caller: Caller, body: Body): Promise<{ monitor: Monitor; draft: Draft }> {
  const { account } = caller
  // In turn per account, so that two at once can't both take the last place of the plan.
  return deps.inTurn(account.id, async () => {
    const draft = await draftMonitor(deps, account, body, null)
    requireRoom(account, await deps.store.monitors.count(account.id))
    await addWishes(deps, caller, draft)
    const monitor = newMonitor(deps, account, draft, await deps.store.monitors.nextKey())
    await deps.engine.createMonitor(monitor)
    return { monitor, draft }
  })
}

/** Lays the given fields over a monitor. `mayChange` sees the stored one first, and throws where it is stale. */
export function updateMonitor(
  deps: SaveDeps,
  caller: Caller,
  id: string,
  body: Body,
  mayChange: (stored: Monitor) => void,
): Promise<Monitor> {
  const { account } = caller
  return deps.inTurn(id, async () => {
    const stored = findMonitor(deps, account.id, id)
    mayChange(stored)
    const draft = await draftMonitor(deps, account, body, stored)
    await addWishes(deps, caller, draft)
    const { settings, config, isActive } = draft
    const before = { settings: stored.settings, config: stored.config, isActive: stored.isActive }
    if (isDeepStrictEqual({ settings, config, isActive }, before)) return stored
    return save(deps, { ...stored, settings, config, isActive })
  })
}

/** Changes a monitor in a way that needs no reading of fields. Null from `change`: there is nothing to do. */
export function changeMonitor(
  deps: RouteDeps,
  account: Account,
  id: string,
  change: (stored: Monitor) => Monitor | null,
): Promise<Monitor> {
  return deps.inTurn(id, async () => {
    const stored = findMonitor(deps, account.id, id)
    const changed = change(stored)
    return changed === null ? stored : save(deps, changed)
  })
}

async function save(deps: RouteDeps, changed: Monitor): Promise<Monitor> {
  const monitor = { ...changed, version: changed.version + 1, updatedAtMs: deps.clock.nowMs() }
  await deps.engine.updateMonitor(monitor)
  return monitor
}

async function addWishes(deps: SaveDeps, caller: Caller, draft: Draft): Promise<void> {
  const wished = await assignChannels(deps, caller, draft.fields.notifications)
  const ids = [...new Set([...draft.settings.notificationChannelIds, ...wished])]
  draft.settings = { ...draft.settings, notificationChannelIds: ids }
}

function newMonitor(deps: RouteDeps, account: Account, draft: Draft, key: number): Monitor {
  const nowMs = deps.clock.nowMs()
  return {
    key,
    id: deps.newId('mon'),
    accountId: account.id,
    type: draft.type,
    settings: draft.settings,
    config: draft.config,
    isPaused: false,
    isActive: draft.isActive,
    version: 1,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}
