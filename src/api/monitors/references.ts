import { type Monitor, type MonitorSettings, normalizeRegion } from '#domain'
import type { Problem } from '../errors.ts'
import { knownRegionCodes, unknownRegion } from '../regions.ts'
import type { RouteDeps } from '../routes.ts'
import { ownMonitor } from './find.ts'
import { activeRegions } from './warnings.ts'

/** The settings with what they refer to looked up. */
export interface Resolved {
  settings: MonitorSettings
  problems: Problem[]
}

/**
 * Turns region names into codes, and finds the channels and monitors that are named. What was named before and is
 * gone since is dropped, so that an answer of ours can always be sent back.
 */
export async function resolveReferences(
  deps: RouteDeps,
  accountId: string,
  settings: MonitorSettings,
  stored: Monitor | null,
): Promise<Resolved> {
  const problems: Problem[] = []
  const enabledRegions = resolveRegions(deps, settings.enabledRegions, stored, problems)
  const notificationChannelIds = await keepFound(settings.notificationChannelIds, {
    before: stored?.settings.notificationChannelIds ?? [],
    exists: async (id) => (await deps.store.channels.get(accountId, id)) !== null,
    onMissing: (id, at) =>
      problems.push({ path: `notificationChannelIds[${at}]`, message: `there is no channel ${id}` }),
  })
  const dependsOn = await keepFound(settings.dependsOn, {
    before: stored?.settings.dependsOn ?? [],
    exists: async (id) => ownMonitor(deps, accountId, id) !== null,
    onMissing: (id, at) => problems.push({ path: `dependsOn[${at}]`, message: `there is no monitor ${id}` }),
  })
  if (stored !== null && dependsOn.length > 0 && reaches(deps, accountId, dependsOn, stored.id))
    problems.push({ path: 'dependsOn', message: 'makes a circle: a monitor must not depend on itself' })
  return { settings: { ...settings, enabledRegions, notificationChannelIds, dependsOn }, problems }
}

function resolveRegions(
  { engine, config }: RouteDeps,
  names: string[] | null,
  stored: Monitor | null,
  problems: Problem[],
): string[] | null {
  if (names === null) return null
  const known = knownRegionCodes(engine, config.region)
  const codes = [...new Set(names.map(normalizeRegion))]
  names.forEach((name, at) => {
    const code = normalizeRegion(name)
    if (known.includes(code) || stored?.settings.enabledRegions?.includes(code) === true) return
    problems.push({ path: `enabledRegions[${at}]`, message: unknownRegion(name, known) })
  })
  // An answer shows the active regions to a monitor that follows them: sent back, they are no choice of its own.
  const follows = stored !== null && stored.settings.enabledRegions === null
  return follows && sameMembers(codes, activeRegions({ engine, config })) ? null : codes
}

function sameMembers(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((member) => b.includes(member))
}

async function keepFound(
  ids: string[],
  options: { before: string[]; exists(id: string): Promise<boolean>; onMissing(id: string, at: number): void },
): Promise<string[]> {
  const kept: string[] = []
  for (const [at, id] of ids.entries()) {
    if (await options.exists(id)) kept.push(id)
    else if (!options.before.includes(id)) options.onMissing(id, at)
  }
  return kept
}

function reaches(deps: RouteDeps, accountId: string, from: string[], target: string): boolean {
  const seen = new Set<string>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === target) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(ownMonitor(deps, accountId, id)?.settings.dependsOn ?? []))
  }
  return false
}
