import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { guarded } from './errors.ts'

/**
 * Runs `work`, which talks to the connection directly, while nobody else does: behind the same lock as Kysely's own
 * queries and transactions, so that neither sees the other half done. `work` is synchronous and short.
 */
export type Exclusive = <T>(work: () => T) => Promise<T>

/** `isHeld`: someone is in a query or a transaction; when nobody is, there is no need to queue. */
export function exclusiveOf(db: Kysely<Tables>, isHeld: () => boolean): Exclusive {
  return async (work) => (isHeld() ? db.connection().execute(async () => guarded(work)) : guarded(work))
}
