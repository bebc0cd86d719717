import type { Monitor } from '#domain'
import { buildMonitor } from '#domain/kit'

/** A monitor with the defaults, of a target that should always be up. */
export function monitorOf(
  given: Pick<Monitor, 'key' | 'id' | 'accountId' | 'createdAtMs'> &
    Partial<Pick<Monitor, 'type' | 'isPaused'>> & { url: string; intervalMs: number },
): Monitor {
  const { url, intervalMs, createdAtMs, ...rest } = given
  const name = `Monitor ${given.key}`
  return buildMonitor({ name, url, intervalMs }, { ...rest, createdAtMs, updatedAtMs: createdAtMs })
}
