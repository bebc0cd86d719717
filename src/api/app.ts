import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify, LogController } from 'fastify'
import { accountRoutes } from './account/routes.ts'
import { analyticsRoutes } from './analytics/routes.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { auditLog } from './audit/audit.ts'
import { auditRoutes } from './audit/routes.ts'
import { gate } from './auth/authenticate.ts'
import { keptRateLimiter } from './auth/rate-limiter.ts'
import { requestCounter } from './auth/request-counter.ts'
import { sessionGate } from './auth/session-gate.ts'
import type { ApiDeps } from './deps.ts'
import { docsRoutes } from './docs/routes.ts'
import { apiError } from './errors.ts'
import { healthRoutes } from './health.ts'
import { heartbeatRoutes } from './heartbeat/routes.ts'
import { allowedMethods } from './http/allowed-methods.ts'
import { answerClientError } from './http/client-error.ts'
import { answerPreflight, setCommonHeaders } from './http/common-headers.ts'
import { answerError } from './http/error-handler.ts'
import { applyETag } from './http/etag.ts'
import { requireHost } from './http/host-header.ts'
import { answerRepeat, keepAnswer } from './http/idempotency.ts'
import { storedIdempotency } from './http/idempotency-store.ts'
import { inTurn } from './http/in-turn.ts'
import { readJsonBody } from './http/json-body.ts'
import { requestId } from './http/request-id.ts'
import { loggedPath, pathOf } from './http/secret-in-query.ts'
import { readsNoBody, refuseUnreadBody } from './http/unread-body.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { maintenanceRoutes } from './maintenance/routes.ts'
import { checkRoutes } from './monitors/check-routes.ts'
import { FiguresReader } from './monitors/figures.ts'
import { regressionRoutes } from './monitors/regression.ts'
import { responseTimeRoutes } from './monitors/response-times.ts'
import { monitorRoutes } from './monitors/routes.ts'
import { channelRoutes } from './notification-channels/routes.ts'
import { openApiDocument } from './openapi/document.ts'
import { routeCollector } from './openapi/documented-route.ts'
import { documentRoutes } from './openapi/routes.ts'
import { regionRoutes } from './regions.ts'
import type { App, RouteDeps, Routes } from './routes.ts'
import { identity } from './session/identity.ts'
import { passwordRoutes } from './session/password-routes.ts'
import { sessionRoutes } from './session/session-routes.ts'
import { setupRoutes } from './session/setup-routes.ts'
import { statusPageRoutes } from './status-pages/routes.ts'
import { acceptRoutes } from './team/accept-routes.ts'
import { invitationRoutes } from './team/invitation-routes.ts'
import { memberRoutes } from './team/member-routes.ts'
import { validatorCompiler } from './validation/compiler.ts'

const BODY_MAX = 1_048_576
/** A refused body up to this size is still read to its end, so that the sender gets to see the refusal. */
const DRAINED_MAX = 16 * BODY_MAX
const REQUEST_TIMEOUT_MS = 60_000
const PREFIX = '/api/v1'

/** Every resource. To add one: its file, and its line here. */
const RESOURCES: readonly Routes[] = [
  healthRoutes,
  monitorRoutes,
  checkRoutes,
  responseTimeRoutes,
  regressionRoutes,
  analyticsRoutes,
  heartbeatRoutes,
  incidentRoutes,
  statusPageRoutes,
  maintenanceRoutes,
  channelRoutes,
  regionRoutes,
  auditRoutes,
  apiKeyRoutes,
  accountRoutes,
  memberRoutes,
  invitationRoutes,
  acceptRoutes,
  sessionRoutes,
  passwordRoutes,
  setupRoutes,
]

/** The public REST API. The caller listens and closes. */
export function buildApi(deps: ApiDeps): App {
  const hops = deps.config.trustProxyHops ?? 0
  const app: App = fastify({
    ...(deps.log === undefined ? { logger: false } : { loggerInstance: deps.log }),
    logController: new LogController({ disableRequestLogging: true }),
    // Without these Fastify loads its own compilers, which weigh megabytes; ours are set below.
    schemaController: { compilersFactory: { buildValidator: neverNeeded, buildSerializer: neverNeeded } },
    bodyLimit: BODY_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    requestIdHeader: false,
    routerOptions: { ignoreTrailingSlash: true },
    // Its refusal has not our format, so ours is in its place.
    http: { requireHostHeader: false },
    trustProxy: hops > 0 && ((_address: string, hop: number) => hop < hops),
    genReqId: (request) => requestId(request, deps.newId),
    // Lines name their request themselves: no logger of its own is made for each.
    childLoggerFactory: (logger) => logger,
    frameworkErrors: (error, request, reply) => {
      setCommonHeaders(reply, request.id)
      answerError(error, request, reply)
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, deps.newId('req')),
  }).withTypeProvider<TypeBoxTypeProvider>()

  const methods = allowedMethods()
  const documented = routeCollector(PREFIX)
  const document = () => openApiDocument(documented.routes, { version: deps.config.version, prefix: PREFIX })
  const { store, clock } = deps
  const rateLimiter = deps.rateLimiter ?? keptRateLimiter({ requests: store.requests, clock })
  const counter = requestCounter(store.requests, clock)
  const people = identity(deps)
  const session = sessionGate(people.sessions, deps.config.publicUrl)
  const door = gate({ store, clock, rateLimiter, counter, session })
  const audit = auditLog(deps)
  const repeats = deps.idempotency ?? storedIdempotency({ ...deps, idempotency: store.idempotency })

  app.decorateRequest('caller', null)
  app.decorateRequest('idempotency', null)
  app.setValidatorCompiler(validatorCompiler)
  // Answers are built from our own values: checking them again would only cost.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(answerError)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    readJsonBody(body),
  )

  app.addHook('onRoute', (route) => {
    methods.add(route)
    documented.add(route)
    // Only where it can have an effect: each hook costs every request some time.
    if (readsNoBody(route)) route.preValidation = async (request) => refuseUnreadBody(request)
    if (route.config?.creates === true)
      route.preHandler = async (request, reply) => ((await answerRepeat(request, reply, repeats)) ? reply : undefined)
  })
  app.addHook('onRequest', async (request, reply) => {
    setCommonHeaders(reply, request.id)
    if (request.method === 'OPTIONS') return answerPreflight(reply)
    requireHost(request.raw)
    await door.check(request, reply)
    // Before the body: what it holds does not matter to a path that takes none.
    if (request.is404) throw methods.refusal(request.method, pathOf(request.url))
    if (request.routeOptions.config.open !== true) refuseEncoding(request.headers)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 413 && Number(request.headers['content-length']) <= DRAINED_MAX)
      reply.removeHeader('connection')
    const tagged = applyETag(request, reply, payload)
    if (request.idempotency === null) done(null, tagged)
    else keepAnswer(request, reply, payload).then(() => done(null, tagged), done)
  })
  app.addHook('onResponse', (request, reply, done) => {
    done()
    const { method, id } = request
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.debug(
      { requestId: id, method, path: loggedPath(request.url, request.routeOptions.url), status: reply.statusCode, ms },
      'answered',
    )
  })
  // What a client expects beyond 100-continue is no reason to refuse it.
  app.server.on('checkExpectation', (request, response) => void app.server.emit('request', request, response))
  app.addHook('onReady', () => door.open())
  app.addHook('onClose', async () => void (await Promise.all([door.close(), audit.close()])))
  app.setNotFoundHandler((request) => {
    throw methods.refusal(request.method, pathOf(request.url))
  })

  const routeDeps: RouteDeps = {
    ...deps,
    inTurn: inTurn(),
    figures: new FiguresReader(deps),
    audit: audit.record,
    callersChanged: door.callersChanged,
    requests: { rateLimiter, counter },
    people,
  }
  app.register(
    async (api) => {
      for (const routes of [...RESOURCES, documentRoutes(document)])
        routes(api.withTypeProvider<TypeBoxTypeProvider>(), routeDeps)
    },
    { prefix: PREFIX },
  )
  app.register(async (pages) => docsRoutes(pages))
  return app
}

/** Bodies are taken as they are: a compressed one could be a bomb. An empty body has no type worth a refusal. */
function refuseEncoding(headers: { [name: string]: string | string[] | undefined }): void {
  if (headers['content-length'] === '0') delete headers['content-type']
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity')
    throw apiError('UNSUPPORTED_MEDIA_TYPE', 'Send the body without a Content-Encoding.')
}

function neverNeeded(): never {
  throw new Error('a schema was met before its compiler was set')
}
