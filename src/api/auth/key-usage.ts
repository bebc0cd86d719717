import type { Clock, Timer } from '#domain'
import type { KeyRepository } from '#storage'

const WRITE_EVERY_MS = 5_000

/** Remembers when keys were used and writes it down in groups. */
export interface KeyUsage {
  used(keyId: string): void
  /** Writes what is left; for the end. */
  flush(): Promise<void>
}

/** Writes the moments down every 5 s; a crash forgets those since. */
export function keyUsage(keys: Pick<KeyRepository, 'touch'>, clock: Clock): KeyUsage {
  const seen = new Map<string, number>()
  let timer: Timer | null = null

  async function flush(): Promise<void> {
    timer?.cancel()
    timer = null
    const used = [...seen]
    seen.clear()
    // Best effort: a lost stamp is no reason to fail anybody's request.
    if (used.length > 0) await keys.touch(used).catch(() => undefined)
  }

  return {
    used(keyId) {
      seen.set(keyId, clock.nowMs())
      timer ??= clock.schedule(WRITE_EVERY_MS, () => void flush())
    },
    flush,
  }
}
