/** Quotients from here up are written with their length instead of in unary. */
const LONGEST_UNARY = 20
const LENGTH_BITS = 6
/** As many bits as are shifted at once. */
const SHORT_BITS = 24
const SHORT_MASK = 0xffffff
const MAX_INT32 = 0x7fffffff

/** Writes bits, most significant first. */
export class BitWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  /** The low `bits` (0 to 53) of a whole number from 0 up. */
  write(value: number, bits: number): void {
    let left = bits
    while (left > SHORT_BITS) {
      left -= SHORT_BITS
      this.#short(Math.floor(value / 2 ** left) & SHORT_MASK, SHORT_BITS)
    }
    this.#short(value & ((1 << left) - 1), left)
  }

  /** Golomb-Rice code (R. F. Rice 1979): the part above `k` bits in unary, the rest as it is. Outliers escape from it. */
  rice(value: number, k: number): void {
    const quotient = quotientOf(value, k)
    if (quotient < LONGEST_UNARY) {
      this.#short((1 << (quotient + 1)) - 2, quotient + 1)
      this.write(value, k)
      return
    }
    this.#short((1 << LONGEST_UNARY) - 1, LONGEST_UNARY)
    const length = bitLength(value)
    this.write(length, LENGTH_BITS)
    this.write(value, length)
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, Math.ceil(this.#length / 8))
  }

  /** At most 24 bits. */
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
    while (left > SHORT_BITS) {
      left -= SHORT_BITS
      value += this.#short(SHORT_BITS) * 2 ** left
    }
    return value + this.#short(left)
  }

  rice(k: number): number {
    let quotient = 0
    while (quotient < LONGEST_UNARY && this.#bit() === 1) quotient++
    if (quotient < LONGEST_UNARY) return quotient * 2 ** k + this.read(k)
    return this.read(this.read(LENGTH_BITS))
  }

  /** What follows the bits, from the next whole byte. */
  rest(): Uint8Array {
    return this.#bytes.subarray(Math.ceil(this.#at / 8))
  }

  #bit(): number {
    const byte = this.#bytes[this.#at >> 3]
    if (byte === undefined) throw new RangeError('a block is cut short')
    const bit = (byte >> (7 - (this.#at & 7))) & 1
    this.#at++
    return bit
  }

  #short(bits: number): number {
    let value = 0
    let left = bits
    while (left > 0) {
      const byte = this.#bytes[this.#at >> 3]
      if (byte === undefined) throw new RangeError('a block is cut short')
      const room = 8 - (this.#at & 7)
      const take = Math.min(room, left)
      value = (value << take) | ((byte >> (room - take)) & ((1 << take) - 1))
      this.#at += take
      left -= take
    }
    return value
  }
}

/** Bits that `rice(value, k)` takes. */
export function riceBits(value: number, k: number): number {
  const quotient = quotientOf(value, k)
  if (quotient < LONGEST_UNARY) return quotient + 1 + k
  return LONGEST_UNARY + LENGTH_BITS + bitLength(value)
}

/** Bits needed to write a whole number from 0 up, for some large ones by a bit too many. */
export function bitLength(value: number): number {
  return value <= MAX_INT32 ? 32 - Math.clz32(value) : Math.floor(Math.log2(value)) + 1
}

function quotientOf(value: number, k: number): number {
  return value <= MAX_INT32 ? value >> k : Math.floor(value / 2 ** k)
}
