import type { TestContext } from 'node:test'
import type { Store } from '../port.ts'
import { HOUR_MS } from './builders.ts'

/** So long after its begin an hour can be closed. */
export const SETTLED_MS = HOUR_MS + 2 * 60_000

/** A store that a test has for itself. `reopen` closes it and opens what it kept; in memory it is the same store. */
export interface Opened {
  store: Store
  reopen(): Promise<Store>
  cleanUp(): Promise<void>
}

/** Opens a store for one test and clears up after it. */
export type OpenFor = (t: TestContext) => Promise<Opened>

/** Closes all that can be closed as of a moment. */
export async function closeHours(store: Store, nowMs: number): Promise<void> {
  while (await store.results.closeHours(nowMs));
}
