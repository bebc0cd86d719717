import { type BitReader, type BitWriter, bitLength, riceBits } from './bits.ts'

/** How a column is written: runs of equal values, or each value's distance from the median or from the one before. */
const RUNS = 0
const AROUND_MEDIAN = 1
const DELTAS = 2
const MODE_BITS = 2
const K_BITS = 5
const MAX_K = 22
/** Rice parameters of a run's length and of what stands alone. */
const RUN_K = 6
const LONE_K = 6

/** So few runs are never beaten, and nothing else needs to be tried. */
const FEW_RUNS = 4

/** Writes whole numbers in the way that is shortest for them. The count is not written. */
export function writeColumn(out: BitWriter, values: readonly number[]): void {
  const runs = toRuns(values)
  if (runs.length <= FEW_RUNS) {
    writeRuns(out, runs)
    return
  }
  const median = medianOf(values)
  const around = values.map((value) => zigzag(value - median))
  let last = median
  const deltas = values.map((value) => {
    const delta = zigzag(value - last)
    last = value
    return delta
  })
  const aroundCode = bestCode(around)
  const deltaCode = bestCode(deltas)
  const shortest = Math.min(aroundCode.bits, deltaCode.bits)
  if (runBits(runs) <= shortest) {
    writeRuns(out, runs)
    return
  }
  const isAround = aroundCode.bits === shortest
  const { k } = isAround ? aroundCode : deltaCode
  out.write(isAround ? AROUND_MEDIAN : DELTAS, MODE_BITS)
  out.write(k, K_BITS)
  out.rice(zigzag(median), LONE_K)
  for (const value of isAround ? around : deltas) out.rice(value, k)
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

function writeRuns(out: BitWriter, runs: readonly Run[]): void {
  out.write(RUNS, MODE_BITS)
  for (const { value, length } of runs) {
    out.rice(zigzag(value), LONE_K)
    out.rice(length - 1, RUN_K)
  }
}

function runBits(runs: readonly Run[]): number {
  return runs.reduce((sum, { value, length }) => sum + riceBits(zigzag(value), LONE_K) + riceBits(length - 1, RUN_K), 0)
}

function riceSize(values: readonly number[], k: number): number {
  let bits = K_BITS + LONE_K
  for (const value of values) bits += riceBits(value, k)
  return bits
}

/** The parameter under which the values are shortest: near the length of the middle one. */
function bestCode(values: readonly number[]): { k: number; bits: number } {
  // By the middle and not the mean: outliers escape, so they must not pull the parameter up.
  const lengths = new Uint32Array(64)
  for (const value of values) {
    const length = bitLength(value)
    lengths[length] = (lengths[length] ?? 0) + 1
  }
  let middle = 0
  for (let passed = lengths[0] ?? 0; passed * 2 < values.length; passed += lengths[middle] ?? 0) middle++
  const guess = Math.min(MAX_K, Math.max(1, middle - 1))
  let best = { k: guess, bits: riceSize(values, guess) }
  for (const k of [guess - 1, guess + 1]) {
    const bits = riceSize(values, k)
    if (bits < best.bits) best = { k, bits }
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
