import { Type } from 'typebox'
import type { Monitor } from '#domain'
import { unknownId } from '../find-own.ts'
import type { RouteDeps } from '../routes.ts'

/** The part of an address that names a monitor. */
export const MonitorParams = Type.Object({
  monitorId: Type.String({ description: 'Id of the monitor.', examples: ['mon_4f7k2p9x1c8w5z3a'] }),
})

/**
 * The account's monitor of this id: from the engine's copy, so that it costs no read. Null for another account's too,
 * which is as unknown as none.
 */
export function ownMonitor({ engine }: Pick<RouteDeps, 'engine'>, accountId: string, id: string): Monitor | null {
  const monitor = engine.monitor(id)
  return monitor?.accountId === accountId ? monitor : null
}

/** The account's monitor that an address names. Throws `ApiError`. */
export function findMonitor(deps: Pick<RouteDeps, 'engine'>, accountId: string, id: string): Monitor {
  const monitor = ownMonitor(deps, accountId, id)
  if (monitor === null) throw unknownId('mon')
  return monitor
}
