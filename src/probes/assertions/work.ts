/** The work that one check may spend on judging an answer, in steps of some tens of nanoseconds. */
const MAX_STEPS = 1_000_000

/** A body and the questions about it ask for more work than a check may spend. */
export class TooMuchWorkError extends Error {
  override name = 'TooMuchWorkError'
}

/** Counts steps, so that a hostile answer is given up at the same place every time. */
export class Work {
  #left: number

  constructor(steps: number = MAX_STEPS) {
    this.#left = steps
  }

  /** Throws `TooMuchWorkError` when there is no more. */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0) throw new TooMuchWorkError('no more work may be spent')
  }
}
