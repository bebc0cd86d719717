import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Heartbeat, type HeartbeatKind, isWatched, type Monitor } from '#domain'
import { Time } from '../answer-fields.ts'
import { apiError, invalid, tooMany } from '../errors.ts'
import { isoSeconds } from '../http/times.ts'
import { monitorIdOf, opens } from '../monitors/heartbeat-secret.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { PINGS_MAX, pingLimit } from './ping-limit.ts'
import { exitStatusOf, type PingWords, wordsOfBody, wordsOfQuery } from './ping-words.ts'
import { readPingBody } from './read-ping-body.ts'

const SOURCE_MAX = 200
const PingParams = Type.Object({
  capability: Type.String({ description: "The monitor's id, or its hb_ secret.", examples: ['mon_4f7k2p9x1c8w5z3a'] }),
  exit: Type.Optional(Type.String({ description: 'Exit status of the job, 0 to 255; 0 is success.', examples: ['0'] })),
})
const PingTaken = Type.Object(
  {
    success: Type.Literal(true),
    monitorId: Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    timestamp: Time('When it came.'),
  },
  { title: 'PingTaken' },
)
const shownQuery = Type.Object({
  rid: Type.Optional(Type.String({ description: 'Pairs a start with its end where runs overlap.' })),
  status: Type.Optional(Type.Enum(['up', 'down'], { description: '`down` is a failure.' })),
  msg: Type.Optional(Type.String({ description: 'What there is to say.' })),
  ping: Type.Optional(Type.Number({ description: 'How long the job took, in ms.' })),
  exitStatus: Type.Optional(Type.Integer({ minimum: 0, maximum: 255, description: 'Exit status of the job.' })),
})
const Words = Type.Object(
  {
    message: Type.Optional(Type.String({ examples: ['Backup completed: 1.2GB backed up successfully'] })),
    error: Type.Optional(Type.String({ examples: ['Database backup failed: disk full'] })),
    rid: Type.Optional(Type.String({ description: 'Pairs a start with its end where runs overlap.' })),
    duration: Type.Optional(Type.Number({ description: 'How long the job took, in ms.' })),
    exitStatus: Type.Optional(Type.Integer({ minimum: 0, maximum: 255, description: 'Exit status of the job.' })),
  },
  { title: 'PingWords', description: 'JSON, a form or plain text, up to 10 KB. It never makes a ping fail.' },
)

/** `/heartbeat/…`: jobs say that they ran. Needs no key: who knows the address may use it. */
export const heartbeatRoutes: Routes = (app, deps) => {
  const take = pingTaker(deps)
  app.register(async (pings) => {
    pings.removeAllContentTypeParsers()
    pings.addContentTypeParser('*', (_request: unknown, stream: Readable) => readPingBody(stream, deps.clock))
    // Whatever a client says of its body, the ping counts; so nothing of it is looked at before the body itself.
    pings.addHook('onRequest', async (request) => {
      delete request.headers['content-type']
    })
    const route = (methods: string[], path: string, kind: HeartbeatKind, operationId: string, summary: string) => {
      for (const method of methods)
        pings.route<{ Params: { capability: string; exit?: string }; Body: string | undefined }>({
          method,
          url: `/heartbeat/:capability${path}`,
          schema: {
            tags: ['Heartbeats'],
            operationId: method === 'POST' ? operationId : `${operationId}By${method === 'GET' ? 'Get' : 'Head'}`,
            summary,
            params: PingParams,
            shownQuery,
            ...(method === 'POST' ? { shownBody: Words } : {}),
            response: { 200: PingTaken },
          },
          config: { open: true },
          exposeHeadRoute: false,
          handler: (request, reply) => take(kind, request, reply),
        })
    }
    const any = ['GET', 'POST', 'HEAD']
    route(any, '', 'success', 'ping', 'Say that a job ran')
    route(any, '/fail', 'fail', 'pingFail', 'Say that a job failed')
    route(any, '/start', 'start', 'pingStart', 'Say that a job starts')
    route(['POST'], '/log', 'log', 'pingLog', 'Add a message')
    route(any, '/:exit', 'success', 'pingExitStatus', 'Say how a job ended, by its exit status')
  })
}

type PingRequest = FastifyRequest<{
  Params: { capability: string; exit?: string }
  Body: string | undefined
}>

function pingTaker({ store, engine, clock }: RouteDeps) {
  const limit = pingLimit(clock)
  return async (asked: HeartbeatKind, request: PingRequest, reply: FastifyReply) => {
    const monitor = await findByCapability(store, request.params.capability)
    const beat = beatOf(asked, request, monitor, clock.nowMs())
    const waitS = limit.take(monitor.id)
    // Bad news is never turned away: it may not come again.
    if (waitS !== null && beat.kind !== 'fail')
      throw tooMany(`A monitor takes at most ${PINGS_MAX} pings a minute. Wait ${waitS} s.`, waitS)
    if (isWatched(monitor) && !(await engine.heartbeat(beat))) throw unknownAddress()
    reply.header('cache-control', 'no-store')
    return { success: true as const, monitorId: monitor.id, timestamp: isoSeconds(beat.atMs) }
  }
}

async function findByCapability(store: RouteDeps['store'], capability: string): Promise<Monitor> {
  const id = monitorIdOf(capability)
  const monitor = id === null ? null : await store.monitors.find(id)
  if (monitor === null || !opens(capability, monitor)) throw unknownAddress()
  if (monitor.type !== 'CRON')
    throw apiError('BAD_REQUEST', `This is a ${monitor.type} monitor; only CRON monitors take heartbeats.`)
  return monitor
}

function unknownAddress() {
  return apiError('NOT_FOUND', 'There is no heartbeat monitor at this address.')
}

function beatOf(asked: HeartbeatKind, request: PingRequest, monitor: Monitor, atMs: number): Heartbeat {
  const { exit } = request.params
  const exitStatus = exit === undefined ? null : exitStatusOf(exit)
  if (exit !== undefined && exitStatus === null)
    throw apiError('NOT_FOUND', 'An exit status is a number from 0 to 255.')
  const words = wordsOf(request)
  const status = exitStatus ?? words.exitStatus
  const failed = asked === 'success' && (words.failed || (status !== null && status > 0))
  return {
    monitorId: monitor.id,
    atMs,
    kind: failed ? 'fail' : asked,
    rid: words.rid,
    message: words.message,
    exitStatus: status,
    durationMs: words.durationMs,
    source: `${request.ip} ${request.headers['user-agent'] ?? ''}`.trim().slice(0, SOURCE_MAX).toWellFormed(),
  }
}

/** What the query says goes before what the body says. */
function wordsOf(request: PingRequest): PingWords {
  const url = request.raw.url ?? ''
  const at = url.indexOf('?')
  const query = wordsOfQuery(at < 0 ? '' : url.slice(at + 1))
  if (query === null) {
    const message = 'has a bad escape or value: status is up or down, ping a number of ms, exitStatus 0 to 255'
    throw invalid([{ path: 'query', message }])
  }
  const body = wordsOfBody(typeof request.body === 'string' ? request.body : '')
  return {
    message: query.message ?? body.message,
    rid: query.rid ?? body.rid,
    failed: query.failed || body.failed,
    durationMs: query.durationMs ?? body.durationMs,
    exitStatus: query.exitStatus ?? body.exitStatus,
  }
}
