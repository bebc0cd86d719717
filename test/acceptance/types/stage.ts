import type { Owner } from '../../../src/probes/kit/owner.ts'

/** Owns the servers that the tests of a file share. */
export class Stage implements Owner {
  readonly #endings: (() => unknown)[] = []

  after(ending: () => unknown): void {
    this.#endings.push(ending)
  }

  /** Ends all, the last one first. */
  async close(): Promise<void> {
    for (const ending of this.#endings.reverse()) await ending()
  }
}
