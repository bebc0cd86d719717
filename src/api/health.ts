import { Type } from 'typebox'
import { Time } from './answer-fields.ts'
import { isoSeconds } from './http/times.ts'
import type { RouteDeps, Routes } from './routes.ts'

const PATIENCE_MS = 2_000

const Part = Type.String({ description: '`ok`, or what is wrong.', examples: ['ok'] })
const Health = Type.Object(
  {
    status: Type.Enum(['ok', 'unhealthy'], { examples: ['ok'] }),
    version: Type.String({ examples: ['1.0.0'] }),
    timestamp: Time('When it was asked.'),
    checks: Type.Object({ database: Part, scheduler: Part, notifier: Part }),
  },
  { title: 'Health' },
)

/** `GET /health`: for whoever watches the watcher. Needs no key. */
export const healthRoutes: Routes = (app, deps) => {
  const databaseProblem = databaseCheck(deps)
  const schema = {
    tags: ['About'],
    operationId: 'getHealth',
    summary: 'Get the health of the server',
    description: 'For whoever watches the watcher. 503 when the database can not be written.',
    response: { 200: Health, 503: Health },
  }
  app.get('/health', { schema, config: { open: true } }, async (_request, reply) => {
    const engine = deps.engine.health()
    const checks = {
      database: (await databaseProblem()) ?? 'ok',
      scheduler: engine.scheduler ?? 'ok',
      notifier: engine.notifier ?? 'ok',
    }
    const isWell = Object.values(checks).every((check) => check === 'ok')
    reply.code(isWell ? 200 : 503).header('cache-control', 'no-store')
    return {
      status: isWell ? ('ok' as const) : ('unhealthy' as const),
      version: deps.config.version,
      timestamp: isoSeconds(deps.clock.nowMs()),
      checks,
    }
  })
}

/** One try to write at a time, however many ask; a store that does not answer is as bad as one that refuses. */
function databaseCheck({ store, clock }: RouteDeps): () => Promise<string | null> {
  let running: Promise<string | null> | null = null

  function tryOnce(): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>()
    const timer = clock.schedule(PATIENCE_MS, () => resolve('does not answer'))
    store
      .checkWritable()
      .then(
        () => resolve(null),
        () => resolve('cannot be written'),
      )
      .finally(() => timer.cancel())
    return promise
  }

  return () => {
    running ??= tryOnce().finally(() => {
      running = null
    })
    return running
  }
}
