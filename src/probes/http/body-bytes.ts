import { Buffer } from 'node:buffer'

const FIRST_BYTES = 16_384
const EMPTY = Buffer.alloc(0)

/**
 * The kept part of a body in one piece. Bytes are copied together as they come: a list of a million chunks of one byte
 * would take a hundred times their room.
 */
export class BodyBytes {
  #buffer = EMPTY
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Adds what there is room for below `limit`. */
  append(chunk: Buffer, limit: number): void {
    const size = Math.min(chunk.length, limit - this.#length)
    if (size <= 0) return
    const needed = this.#length + size
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(limit, this.#buffer.length * 2), FIRST_BYTES))
      this.#buffer.copy(larger, 0, 0, this.#length)
      this.release()
      this.#buffer = larger
    }
    chunk.copy(this.#buffer, this.#length, 0, size)
    this.#length = needed
  }

  /** Gives the memory back at once: garbage outside the heap may lie about for a hundred checks. Nothing can be read after. */
  release(): void {
    const { buffer } = this.#buffer
    this.#buffer = EMPTY
    if (buffer instanceof ArrayBuffer && buffer !== EMPTY.buffer) buffer.transfer(0)
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }
}
