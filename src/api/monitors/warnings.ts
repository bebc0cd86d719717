import { type Monitor, PLAN_LIMITS } from '#domain'
import { probeFor } from '#probes'
import type { Account } from '#storage'
import type { RouteDeps } from '../routes.ts'

/** Codes of the regions with a worker; the server's own where there is none. */
export function activeRegions({ engine, config }: Pick<RouteDeps, 'engine' | 'config'>): string[] {
  const codes = engine.regions().flatMap(({ code, isActive }) => (isActive ? [code] : []))
  return codes.length > 0 ? codes : [config.region.code]
}

/** What is allowed but may surprise, in sentences. */
export function warningsOf(
  monitor: Monitor,
  { account, active, ownRegion }: { account: Account; active: string[]; ownRegion: string },
): string[] {
  const warnings: string[] = []
  const { enabledRegions, intervalMs } = monitor.settings
  const isActive = (code: string) => active.includes(code)
  if (monitor.type !== 'CRON' && enabledRegions !== null) {
    const silent = enabledRegions.filter((code) => !isActive(code))
    if (silent.length > 0) {
      const instead = silent.length === enabledRegions.length ? `; ${ownRegion} checks it until one is` : ''
      warnings.push(`No worker is active in ${silent.join(', ')}${instead}.`)
    }
  }
  // The server can tell for its own region only.
  const isOwn = enabledRegions === null || enabledRegions.includes(ownRegion) || !enabledRegions.some(isActive)
  if (isOwn) warnings.push(...(probeFor(monitor.type)?.warnings?.({ url: monitor.settings.url }, monitor.config) ?? []))
  const { shortestIntervalS } = PLAN_LIMITS[account.plan]
  if (intervalMs < shortestIntervalS * 1000 && monitor.type !== 'CRON')
    warnings.push(`The ${account.plan} plan checks every ${shortestIntervalS} s at most, so this is what it gets.`)
  return warnings
}
