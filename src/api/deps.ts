import type { FastifyBaseLogger } from 'fastify'
import type { Clock, NewId, Plan, RegionPlace } from '#domain'
import type { Engine } from '#engine'
import type { Store } from '#storage'
import type { Passwords } from './auth/passwords.ts'
import type { RateLimiter } from './auth/rate-limiter.ts'
import type { IdempotencyStore } from './http/idempotency-store.ts'

/** What the API is built from. */
export interface ApiDeps {
  store: Store
  engine: Engine
  clock: Clock
  newId: NewId
  randomBytes(size: number): Uint8Array
  config: {
    version: string
    /** Address under which people reach this server, without a slash at its end; known once it listens. */
    publicUrl(): string
    /** The server's own region. */
    region: RegionPlace
    /** How many proxies before the server are believed what they say of the client's address. Default: none. */
    trustProxyHops?: number
    /** Plan of the accounts that anybody may make; null: nobody may. */
    signupPlan?: Plan | null
  }
  /** Without one, nothing is logged. */
  log?: FastifyBaseLogger
  /** Default: counts in memory, written down every second; for the one server of a database. */
  rateLimiter?: RateLimiter
  /** Default: argon2id at the cost that the product has. */
  passwords?: Passwords
  /** Default: in the store, for the one server of it. */
  idempotency?: IdempotencyStore
}
