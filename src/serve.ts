import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { buildApi, passwords } from '#api'
import type { Config } from '#config'
import { idSource } from '#domain'
import { askByTcp, createOutboundHttp, realClock, startEngine } from '#engine'
import { dashboardRoutes, helpRoutes } from '#pages'
import { targetPolicy } from '#probes'
import { ensureFirstAccount } from './first-account.ts'
import { ensureOwner } from './first-owner.ts'
import { lockData } from './lock-data.ts'
import { openData } from './open-data.ts'
import { type KeptWorker, keepWorker } from './own-region.ts'
import { pooledRandom } from './pooled-random.ts'
import { VERSION } from './version.ts'

/** How often the settings that follow from the data (how many accounts there are) are looked at again. */
const SETTINGS_MS = 15_000

export interface Server {
  /** Where it listens, for people. */
  url: string
  /** Where somebody may become the owner, once; null when there is one. */
  setupUrl: string | null
  /** Ends what runs, keeps what came, and lets go of everything. */
  stop(): Promise<void>
}

/**
 * The composition root of `serve`: builds every part, starts it, and answers when requests are taken. Where a step
 * fails, what was opened before is let go of, and the rejection is that step's error.
 */
export async function startServer(config: Config, { log }: { log: FastifyBaseLogger }): Promise<Server> {
  const opened = new AsyncDisposableStack()
  try {
    const { url, setupToken } = await open(config, log, opened)
    const setupUrl = setupToken === null ? null : `${url}/setup?token=${setupToken}`
    return { url, setupUrl, stop: () => opened.disposeAsync() }
  } catch (failure) {
    await opened
      .disposeAsync()
      .catch((error: unknown) => log.error({ err: error }, 'what was started did not end well'))
    throw failure
  }
}

/** Opens each part and says on `opened` how it ends; answers where it listens. */
async function open(
  config: Config,
  log: FastifyBaseLogger,
  opened: AsyncDisposableStack,
): Promise<{ url: string; setupToken: string | null }> {
  opened.adopt(await lockData(config.dataDir), (lock) => lock.release())
  const { store, secretKeys } = opened.adopt(await openData(config), ({ store }) => store.close())
  const newId = idSource(pooledRandom(randomBytes))
  const userAgent = (url: string) => `StatusApp/${VERSION} (+${url})`

  const privateAllowed = async () =>
    config.allowPrivateTargets ?? (config.signupPlan === null && (await store.accounts.list()).length <= 1)
  const hasher = passwords(randomBytes)
  const owners = { store, passwords: hasher, newId, randomBytes, nowMs: Date.now() }
  // What watches goes on watching where nothing can be written now.
  const setupToken = await ensureFirstAccount(store, secretKeys[0], owners.nowMs)
    .then((account) => ensureOwner(owners, account, config.admin))
    .catch((error: unknown) => {
      log.error({ err: error }, 'the owner or the set-up link could not be made')
      return null
    })

  let allowPrivate = await privateAllowed()
  let policy = targetPolicy({ allowPrivate })
  let publicUrl = config.publicUrl ?? `http://${hostInUrl(config.host)}:${config.port}`

  // The engine is asked to stop while its worker still answers, and while the last requests are still served.
  let worker: KeptWorker | null = null
  let app: ReturnType<typeof buildApi> | null = null
  opened.defer(() => worker?.stop())
  const engine = await startEngine({
    store,
    clock: realClock,
    newId,
    random: Math.random,
    log,
    ownRegion: config.region.code,
    http: createOutboundHttp({
      refusal: (address) => policy.refusal(address),
      clock: realClock,
      userAgent: `StatusApp-Webhook/${VERSION}`,
    }),
    askControl: config.controlAddress === null ? null : askByTcp(config.controlAddress),
    allowPrivateTargets: allowPrivate,
  })
  opened.defer(async () => void (await Promise.all([app?.close(), engine.stop()])))

  app = buildApi({
    store,
    engine,
    clock: realClock,
    newId,
    randomBytes,
    config: {
      version: VERSION,
      publicUrl: () => publicUrl,
      region: config.region,
      signupPlan: config.signupPlan,
      trustProxyHops: config.trustProxyHops,
    },
    passwords: hasher,
    log,
  })
  app.register(async (pages) => {
    helpRoutes(pages)
    dashboardRoutes(pages)
  })
  const address = await app.listen({ port: config.port, host: config.host })
  if (config.publicUrl === null) publicUrl = address
  worker = await keepWorker({
    engine,
    log,
    region: config.region.code,
    userAgent: userAgent(publicUrl),
    allowPrivate,
  })
  opened.adopt(worker, ({ release }) => release())

  const refresh = () => {
    privateAllowed()
      .then((allowed) => {
        if (allowed === allowPrivate) return
        allowPrivate = allowed
        policy = targetPolicy({ allowPrivate })
        engine.allowPrivateTargets(allowed)
        log.info({ allowed }, 'whether private targets may be reached has changed')
      })
      .catch((error: unknown) => log.warn({ err: error }, 'the accounts could not be counted'))
  }
  opened.use(setInterval(refresh, SETTINGS_MS))
  return { url: publicUrl, setupToken }
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
