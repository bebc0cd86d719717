import { type BitReader, type BitWriter, riceBits } from './bits.ts'

/** How a column is written: runs of equal values, or each value's distance from the median or from the one before. */
const RUNS = 0
const AROUND_MEDIAN = 1
const DELTAS = 2
const MODE_BITS = 2
const K_BITS = 5
/** Rice parameters of a run's length and of what stands alone. */
const RUN_K = 3
const LONE_K = 6

/** Writes whole numbers in the way that is shortest for them. The count is not written. */
export function writeColumn(out: BitWriter, values: readonly number[]): void {
  const runs = toRuns(values)
  const median = medianOf(values)
  const around = values.map((value) => zigzag(value - median))
  const deltas = values.map((value, at) => zigzag(value - (at === 0 ? median : (values[at - 1] ?? 0))))
  const aroundK = bestK(around)
  const deltaK = bestK(deltas)
  const sizes = [runBits(runs), riceSize(around, aroundK), riceSize(deltas, deltaK)]
  const mode = sizes.indexOf(Math.min(...sizes))
  out.write(mode, MODE_BITS)
  if (mode === RUNS) {
    for (const { value, length } of runs) {
      out.rice(zigzag(value), LONE_K)
      out.rice(length - 1, RUN_K)
    }
    return
  }
  const k = mode === AROUND_MEDIAN ? aroundK : deltaK
  out.write(k, K_BITS)
  out.rice(zigzag(median), LONE_K)
  for (const value of mode === AROUND_MEDIAN ? around : deltas) out.rice(value, k)
}

export function readColumn(from: BitReader, count: number): number[] {
  const values: number[] = []
  const mode = from.read(MODE_BITS)
  if (mode === RUNS) {
    while (values.length < count) {
      const value = unzigzag(from.rice(LONE_K))
      for (let left = from.rice(RUN_K) + 1; left > 0; left--) values.push(value)
    }
    return values
  }
  const k = from.read(K_BITS)
  const median = unzigzag(from.rice(LONE_K))
  let base = median
  for (let at = 0; at < count; at++) {
    const value = base + unzigzag(from.rice(k))
    values.push(value)
    if (mode === DELTAS) base = value
  }
  return values
}

/** Like `writeColumn` for values that may be absent. */
export function writeSparse(out: BitWriter, values: readonly (number | null)[]): void {
  const known = values.filter((value) => value !== null)
  writeColumn(
    out,
    values.map((value) => (value === null ? 0 : 1)),
  )
  if (known.length > 0) writeColumn(out, known)
}

export function readSparse(from: BitReader, count: number): (number | null)[] {
  const present = readColumn(from, count)
  const known = present.reduce((sum, flag) => sum + flag, 0)
  const values = known > 0 ? readColumn(from, known) : []
  let at = 0
  return present.map((flag) => (flag === 1 ? (values[at++] ?? null) : null))
}

interface Run {
  value: number
  length: number
}

function toRuns(values: readonly number[]): Run[] {
  const runs: Run[] = []
  let last: Run | undefined
  for (const value of values) {
    if (last !== undefined && last.value === value) last.length++
    else {
      last = { value, length: 1 }
      runs.push(last)
    }
  }
  return runs
}

function runBits(runs: readonly Run[]): number {
  return runs.reduce((sum, { value, length }) => sum + riceBits(zigzag(value), LONE_K) + riceBits(length - 1, RUN_K), 0)
}

function riceSize(values: readonly number[], k: number): number {
  let bits = K_BITS + LONE_K
  for (const value of values) bits += riceBits(value, k)
  return bits
}

/** Near the best for a geometric spread: log2 of the mean, less a little; its neighbours are tried too. */
function bestK(values: readonly number[]): number {
  // Outliers escape, so they must not pull the parameter up: half of the values lie under the median.
  const sorted = Float64Array.from(values).sort()
  const middle = sorted[sorted.length >> 1] ?? 0
  const guess = Math.min(30, Math.max(0, Math.round(Math.log2(middle + 1))))
  let best = guess
  let size = Number.POSITIVE_INFINITY
  for (let k = Math.max(0, guess - 1); k <= guess + 1; k++) {
    const bits = riceSize(values, k)
    if (bits < size) {
      best = k
      size = bits
    }
  }
  return best
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}

/** 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …: near zero stays small. */
function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}
