import { isWatched, type Monitor } from '#domain'
import type { Engine } from '#engine'

const WAIT_MS = 1_500
const WAITING_MAX = 16

/**
 * Waits for the first result of a new monitor, so that its creation can already tell how it is: at most 1.5 s, not
 * when the caller does not want to, and not when many wait already.
 */
export function firstResultWaiter(engine: Pick<Engine, 'firstResult'>) {
  let waiting = 0
  return async (monitor: Monitor, prefer: string | string[] | undefined): Promise<void> => {
    const wantsNone = String(prefer ?? '')
      .split(',')
      .some((preference) => preference.trim().toLowerCase().startsWith('respond-async'))
    if (wantsNone || waiting >= WAITING_MAX || monitor.type === 'CRON' || !isWatched(monitor)) return
    waiting++
    try {
      await engine.firstResult(monitor.id, WAIT_MS)
    } finally {
      waiting--
    }
  }
}
