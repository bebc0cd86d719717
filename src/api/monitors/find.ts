import type { Monitor } from '#domain'
import { apiError } from '../errors.ts'
import type { RouteDeps } from '../routes.ts'

/** The account's monitor of this id. Another account's is as unknown as none. Throws `ApiError`. */
export async function findMonitor(
  { store }: Pick<RouteDeps, 'store'>,
  accountId: string,
  id: string,
): Promise<Monitor> {
  const monitor = /^mon_[a-z0-9]{16}$/.test(id) ? await store.monitors.get(accountId, id) : null
  if (monitor === null) throw apiError('NOT_FOUND', 'There is no monitor of this id.')
  return monitor
}
