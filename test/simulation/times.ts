/** Times that mostly come in order, each at most once: 8 bytes a time, where a set takes many times that. */
export class Times {
  readonly #sorted: number[] = []

  /** False when it was there already. */
  add(timeMs: number): boolean {
    const sorted = this.#sorted
    let from = 0
    let to = sorted.length
    if (to > 0 && timeMs > (sorted[to - 1] ?? 0)) from = to
    while (from < to) {
      const middle = (from + to) >> 1
      if ((sorted[middle] ?? 0) < timeMs) from = middle + 1
      else to = middle
    }
    if (sorted[from] === timeMs) return false
    if (from === sorted.length) sorted.push(timeMs)
    else sorted.splice(from, 0, timeMs)
    return true
  }
}
