/** Quotients from here up are written with their length instead of in unary. */
const LONGEST_UNARY = 20
const LENGTH_BITS = 6

/** Writes bits, most significant first. */
export class BitWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  /** The low `bits` (0 to 53) of a whole number from 0 up. */
  write(value: number, bits: number): void {
    let left = bits
    while (left > 24) {
      left -= 24
      this.#short(Math.floor(value / 2 ** left) & 0xffffff, 24)
    }
    this.#short(value % 2 ** left, left)
  }

  /** Golomb-Rice code (R. F. Rice 1979): the part above `k` bits in unary, the rest as it is. Long for outliers, so those escape. */
  rice(value: number, k: number): void {
    const quotient = Math.floor(value / 2 ** k)
    if (quotient < LONGEST_UNARY) {
      this.#short(2 ** (quotient + 1) - 2, quotient + 1)
      this.write(value, k)
      return
    }
    this.#short(2 ** LONGEST_UNARY - 1, LONGEST_UNARY)
    const length = Math.floor(Math.log2(value)) + 1
    this.write(length, LENGTH_BITS)
    this.write(value, length)
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, Math.ceil(this.#length / 8))
  }

  #short(value: number, bits: number): void {
    if (this.#length + bits > this.#bytes.length * 8) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    let left = bits
    while (left > 0) {
      const room = 8 - (this.#length & 7)
      const take = Math.min(room, left)
      left -= take
      const at = this.#length >> 3
      const part = (value >>> left) & ((1 << take) - 1)
      this.#bytes[at] = (this.#bytes[at] ?? 0) | (part << (room - take))
      this.#length += take
    }
  }
}

export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Throws RangeError past the end. */
  read(bits: number): number {
    let value = 0
    let left = bits
    while (left > 0) {
      const byte = this.#bytes[this.#at >> 3]
      if (byte === undefined) throw new RangeError('a block is cut short')
      const room = 8 - (this.#at & 7)
      const take = Math.min(room, left)
      value = value * 2 ** take + ((byte >> (room - take)) & ((1 << take) - 1))
      this.#at += take
      left -= take
    }
    return value
  }

  rice(k: number): number {
    let quotient = 0
    while (quotient < LONGEST_UNARY && this.read(1) === 1) quotient++
    if (quotient < LONGEST_UNARY) return quotient * 2 ** k + this.read(k)
    return this.read(this.read(LENGTH_BITS))
  }

  /** What follows the bits, from the next whole byte. */
  rest(): Uint8Array {
    return this.#bytes.subarray(Math.ceil(this.#at / 8))
  }
}

/** Bits that `rice(value, k)` takes. */
export function riceBits(value: number, k: number): number {
  const quotient = Math.floor(value / 2 ** k)
  if (quotient < LONGEST_UNARY) return quotient + 1 + k
  return LONGEST_UNARY + LENGTH_BITS + Math.floor(Math.log2(value)) + 1
}
