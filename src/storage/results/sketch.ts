import { VarintReader, VarintWriter } from './varint.ts'

/** Quantiles are off by at most this share of the true value. */
export const RELATIVE_ACCURACY = 0.01
const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY)
const LOG_GAMMA = Math.log(GAMMA)

/**
 * Counts values in buckets that grow by a constant factor, so that any quantile is known within 1 % and two sketches
 * merge exactly by adding counts. The idea is DDSketch's: C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and
 * fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019. Values are whole numbers from 0 up; all of a
 * 32-bit range takes 1,110 buckets, so none ever has to be collapsed.
 */
export class Sketch {
  #zeros = 0
  /** Bucket of the first of `#counts`. */
  #low = 0
  #counts: number[] = []
  #total = 0

  get count(): number {
    return this.#total
  }

  add(value: number): void {
    if (value <= 0) this.#zeros++
    else this.#bump(Math.ceil(Math.log(value) / LOG_GAMMA), 1)
    this.#total++
  }

  merge(other: Sketch): void {
    this.#zeros += other.#zeros
    other.#counts.forEach((count, at) => {
      if (count > 0) this.#bump(other.#low + at, count)
    })
    this.#total += other.#total
  }

  /** For each share (0 to 1, ascending) the least value that so many of the values don't exceed; null when there are none. */
  quantiles(shares: readonly number[]): (number | null)[] {
    let at = -1
    let passed = this.#zeros
    return shares.map((share) => {
      if (this.#total === 0) return null
      const rank = Math.max(0, Math.ceil(share * this.#total) - 1)
      while (rank >= passed && at < this.#counts.length) passed += this.#counts[++at] ?? 0
      return at < 0 ? 0 : (2 * GAMMA ** (this.#low + at)) / (GAMMA + 1)
    })
  }

  /** Zeros, lowest bucket, then the counts; a run of empty buckets is a 0 and the run's length. */
  encode(): Uint8Array {
    const writer = new VarintWriter()
    writer.write(this.#zeros)
    if (this.#counts.length > 0) writer.write(this.#low)
    for (let at = 0; at < this.#counts.length; at++) {
      const count = this.#counts[at] ?? 0
      writer.write(count)
      if (count > 0) continue
      const start = at
      while (this.#counts[at + 1] === 0) at++
      writer.write(at - start + 1)
    }
    return writer.finish()
  }

  /** Throws RangeError for bytes that `encode` did not write. */
  static decode(bytes: Uint8Array): Sketch {
    const sketch = new Sketch()
    const reader = new VarintReader(bytes)
    sketch.#zeros = reader.read()
    sketch.#total = sketch.#zeros
    if (reader.atEnd) return sketch
    sketch.#low = reader.read()
    const counts = sketch.#counts
    while (!reader.atEnd) {
      const count = reader.read()
      sketch.#total += count
      if (count > 0) counts.push(count)
      else for (let left = reader.read(); left > 0; left--) counts.push(0)
    }
    return sketch
  }

  #bump(bucket: number, by: number): void {
    if (this.#counts.length === 0) this.#low = bucket
    while (bucket < this.#low) {
      this.#counts.unshift(0)
      this.#low--
    }
    const at = bucket - this.#low
    while (this.#counts.length <= at) this.#counts.push(0)
    this.#counts[at] = (this.#counts[at] ?? 0) + by
  }
}
