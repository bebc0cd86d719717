import { Type } from 'typebox'
import type { Monitor } from '#domain'
import { unknownId } from '../find-own.ts'
import type { RouteDeps } from '../routes.ts'

/** The part of an address that names a monitor. */
export const MonitorParams = Type.Object({
  monitorId: Type.String({ description: 'Id of the monitor.', examples: ['mon_4f7k2p9x1c8w5z3a'] }),
})

/**
 * The account's monitor of this id: from the engine's copy, so that a busy client costs no read. Another account's is as
 * unknown as none. Throws `ApiError`.
 */
export function findMonitor({ engine }: Pick<RouteDeps, 'engine'>, accountId: string, id: string): Monitor {
  const monitor = engine.monitor(id)
  if (monitor === null || monitor.accountId !== accountId) throw unknownId('mon')
  return monitor
}
