const POOL_BYTES = 8_192

/**
 * A source of random bytes that draws them in larger portions: an id for each request costs a tenth of its own draw. No
 * byte is handed out twice.
 */
export function pooledRandom(randomBytes: (size: number) => Uint8Array): (size: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array(0)
  let next = 0
  return (size) => {
    if (size > POOL_BYTES) return randomBytes(size)
    if (next + size > pool.length) {
      pool = randomBytes(POOL_BYTES)
      next = 0
    }
    // A copy, whatever kind of array the source makes: a Buffer's own `slice` would share its bytes.
    const taken = Uint8Array.from(pool.subarray(next, next + size))
    pool.fill(0, next, next + size)
    next += size
    return taken
  }
}
