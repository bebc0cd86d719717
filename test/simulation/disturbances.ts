/** Faults of our own, as far as they excuse what is checked: kind, place and time (monotonic ms). */
export type FaultKind = 'crash' | 'stall' | 'jump' | 'network' | 'line' | 'store' | 'worker'

interface Disturbance {
  kind: FaultKind
  /** Null: everywhere. */
  region: string | null
  fromMs: number
  toMs: number
}

/** Remembers the times in which something of ours was broken. */
export class Disturbances {
  readonly #all: Disturbance[] = []

  add(kind: FaultKind, region: string | null, fromMs: number, toMs: number): void {
    this.#all.push({ kind, region, fromMs, toMs })
  }

  /** Whether nothing (of these kinds, in this region or everywhere) was broken at any moment of the range. */
  isCalm(fromMs: number, toMs: number, { kinds, region }: { kinds?: FaultKind[]; region?: string } = {}): boolean {
    for (let index = this.#all.length - 1; index >= 0; index--) {
      const fault = this.#all[index]
      if (fault === undefined || fault.fromMs > toMs || fault.toMs < fromMs) continue
      if (kinds !== undefined && !kinds.includes(fault.kind)) continue
      if (region !== undefined && fault.region !== null && fault.region !== region) continue
      return false
    }
    return true
  }
}
