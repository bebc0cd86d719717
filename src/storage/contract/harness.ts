import type { TestContext } from 'node:test'
import type { Store } from '../port.ts'

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
