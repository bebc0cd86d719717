import type { Monitor } from '#domain'
import { apiError } from '../errors.ts'
import type { RouteDeps } from '../routes.ts'

/**
 * The account's monitor of this id: from the engine's copy, so that a busy client costs no read. Another account's is as
 * unknown as none. Throws `ApiError`.
 */
export function findMonitor({ engine }: Pick<RouteDeps, 'engine'>, accountId: string, id: string): Monitor {
  const monitor = engine.monitor(id)
  if (monitor === null || monitor.accountId !== accountId)
    throw apiError('NOT_FOUND', 'There is no monitor of this id.')
  return monitor
}
