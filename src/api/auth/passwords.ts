import { argon2, timingSafeEqual } from 'node:crypto'
import { tooMany } from '../errors.ts'
import { formatHash, type HashCost, parseHash } from './password-hash.ts'

/** OWASP's advice for argon2id: 19 MiB, two passes, one lane; some 40 ms of one core. */
export const PASSWORD_COST: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 }
const SALT_BYTES = 16
const TAG_BYTES = 32
/** So that logins leave processors and memory to the checks. */
const AT_ONCE_MAX = 2
const WAITING_MAX = 50

/** Hashes passwords slowly, a few at a time. Throws `ApiError` (429) when too many wait. */
export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether a password is the one of a hash. Against no hash it does the same work and says no, so that the time tells
   * nobody which e-mail addresses are known.
   */
  verify(password: string, hash: string | null): Promise<boolean>
  /** Whether a hash was made at another cost than today's. */
  isDated(hash: string): boolean
}

/** One argon2id computation. */
export type Derive = (password: string, salt: Uint8Array, cost: HashCost) => Promise<Buffer>

/** Passwords at a cost; `derive` is what one computation is done by. */
export function passwords(
  randomBytes: (size: number) => Uint8Array,
  cost: HashCost = PASSWORD_COST,
  derive: Derive = argon2id,
): Passwords {
  const inLine = fewAtOnce()
  const nobody = { cost, salt: Buffer.alloc(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) }

  return {
    async hash(password) {
      const salt = Buffer.from(randomBytes(SALT_BYTES))
      const tag = await inLine(() => derive(password, salt, cost))
      return formatHash({ cost, salt, tag })
    },
    async verify(password, hash) {
      const parsed = hash === null ? null : parseHash(hash)
      const known = parsed ?? nobody
      const tag = await inLine(() => derive(password, known.salt, known.cost))
      return tag.length === known.tag.length && timingSafeEqual(tag, known.tag) && parsed !== null
    },
    isDated(hash) {
      const known = parseHash(hash)?.cost
      return known?.memoryKib !== cost.memoryKib || known.passes !== cost.passes || known.lanes !== cost.lanes
    },
  }
}

/** The same letters can be typed in several ways: what counts is their composed form. */
function argon2id(password: string, salt: Uint8Array, cost: HashCost): Promise<Buffer> {
  const parameters = {
    message: password.normalize('NFC'),
    nonce: salt,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: TAG_BYTES,
  }
  return new Promise((resolve, reject) =>
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error))),
  )
}

function fewAtOnce(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= AT_ONCE_MAX) {
      if (waiting.length >= WAITING_MAX)
        throw tooMany('Too many people log in at this moment. Try again in a few seconds.', 5)
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await task()
    } finally {
      // The place goes to the next in line, or is free.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
