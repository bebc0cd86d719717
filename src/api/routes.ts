import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { TSchema } from 'typebox'
import type { IdPrefix } from '#domain'
import type { Permission } from '#storage'
import type { Audit } from './audit/audit.ts'
import type { RouteKind } from './auth/access.ts'
import type { Caller } from './auth/caller.ts'
import type { RateLimiter } from './auth/rate-limiter.ts'
import type { RequestCounter } from './auth/request-counter.ts'
import type { ApiDeps } from './deps.ts'
import type { IdempotencyTicket } from './http/idempotency-store.ts'
import type { InTurn } from './http/in-turn.ts'
import type { FiguresReader } from './monitors/figures.ts'
import type { Identity } from './session/identity.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes that need no key. */
    caller: Caller | null
    /** Set while a creating POST with an `Idempotency-Key` runs. */
    idempotency: IdempotencyTicket | null
  }
  /** What documents say of a route, beside the schemas of what goes in and out. */
  interface FastifySchema {
    /** The group that it stands in, such as `Monitors`. */
    tags?: string[]
    /** A few words, as in a table of contents. */
    summary?: string
    description?: string
    /** The name that clients give it, such as `listMonitors`. */
    operationId?: string
    /** Not for documents. */
    hide?: boolean
    /** A query and a body that the handler reads by itself, of which no schema refuses anything. */
    shownQuery?: TSchema
    shownBody?: TSchema
  }
  interface FastifyContextConfig {
    /** No key needed. */
    open?: boolean
    /** Default by method: read for GET, write for POST and PUT, delete for DELETE. */
    permission?: Permission
    /** What it does, as roles know it; default by method and permission: see `kindOf`. */
    kind?: RouteKind
    /** A POST that creates: honours `Idempotency-Key`. */
    creates?: boolean
    /** What that makes is found again after a crash: the id of this prefix is the one that `withReservedId` gives. */
    reservesId?: IdPrefix
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What the routes share beside the parts that the API was given. */
export interface RouteDeps extends ApiDeps {
  inTurn: InTurn
  figures: FiguresReader
  /** Records a change that was committed; see `AuditChange`. */
  audit: Audit
  people: Identity
  /** To be called when a key, a role or an account has changed, so that it has effect at once. */
  callersChanged(): void
  /** What counts requests. */
  requests: { rateLimiter: RateLimiter; counter: RequestCounter }
}

/** The routes of one resource. */
export type Routes = (app: App, deps: RouteDeps) => void
