import type { Clock } from '#domain'
import { StorageError } from '#storage'
import type { Log } from '../log.ts'
import type { InsistOptions } from './insist.ts'

/** Apart, since a store that can be read need not take a write. */
export type StoragePart = 'read' | 'record'

/** What is wrong with storage at the moment: said once in the log when it begins and when it ends. */
export interface StorageTroubles {
  began(part: StoragePart, error: unknown): void
  ended(part: StoragePart): void
  /** A sentence, or null when nothing is wrong. */
  sentence(): string | null
  insisting(part: StoragePart): InsistOptions
}

export function storageTroubles({ log, clock, cut }: { log: Log; clock: Clock; cut: AbortSignal }): StorageTroubles {
  const reasons = new Map<StoragePart, string>()

  function began(part: StoragePart, error: unknown): void {
    const reason = error instanceof StorageError ? error.reason : 'broken'
    if (!reasons.has(part)) log.warn({ part, reason }, 'deliveries wait: storage fails')
    reasons.set(part, reason)
  }

  function ended(part: StoragePart): void {
    if (reasons.delete(part)) log.info({ part }, 'storage works again: deliveries go on')
  }

  return {
    began,
    ended,
    sentence() {
      const record = reasons.get('record')
      if (record !== undefined) return `deliveries wait: they can't be recorded (storage is ${record})`
      const read = reasons.get('read')
      return read === undefined ? null : `deliveries wait: they can't be read (storage is ${read})`
    },
    insisting: (part) => ({ clock, cut, onTrouble: (error) => began(part, error), onSuccess: () => ended(part) }),
  }
}
