import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { buildApi } from '#api'
import type { Config } from '#config'
import { idSource } from '#domain'
import { askByTcp, createOutboundHttp, realClock, startEngine } from '#engine'
import { targetPolicy } from '#probes'
import { lockData } from './lock-data.ts'
import { openData } from './open-data.ts'
import { keepWorker } from './own-region.ts'
import { VERSION } from './version.ts'

/** How often the settings that follow from the data (how many accounts there are) are looked at again. */
const SETTINGS_MS = 15_000

export interface Server {
  /** Where it listens, for people. */
  url: string
  /** Ends what runs, keeps what came, and lets go of everything. */
  stop(): Promise<void>
}

/** The composition root of `serve`: builds every part, starts it, and answers when requests are taken. */
export async function startServer(config: Config, { log }: { log: FastifyBaseLogger }): Promise<Server> {
  const lock = await lockData(config.dataDir)
  const { store } = await openData(config)
  const newId = idSource(randomBytes)
  const userAgent = (url: string) => `StatusApp/${VERSION} (+${url})`

  const privateAllowed = async () => config.allowPrivateTargets ?? (await store.accounts.list()).length <= 1
  let allowPrivate = await privateAllowed()
  let policy = targetPolicy({ allowPrivate })
  let publicUrl = config.publicUrl ?? `http://${hostInUrl(config.host)}:${config.port}`

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

  const app = buildApi({
    store,
    engine,
    clock: realClock,
    newId,
    randomBytes,
    config: { version: VERSION, publicUrl: () => publicUrl, region: config.region },
    log,
  })
  const address = await app.listen({ port: config.port, host: config.host })
  if (config.publicUrl === null) publicUrl = address
  const worker = await keepWorker({
    engine,
    log,
    region: config.region.code,
    userAgent: userAgent(publicUrl),
    allowPrivate,
  })

  const refresh = setInterval(() => {
    privateAllowed()
      .then((allowed) => {
        if (allowed === allowPrivate) return
        allowPrivate = allowed
        policy = targetPolicy({ allowPrivate })
        engine.allowPrivateTargets(allowed)
        log.info({ allowed }, 'whether private targets may be reached has changed')
      })
      .catch((error: unknown) => log.warn({ err: error }, 'the accounts could not be counted'))
  }, SETTINGS_MS)

  return {
    url: publicUrl,
    async stop() {
      clearInterval(refresh)
      worker.release()
      await Promise.all([app.close(), engine.stop()])
      await worker.stop()
      await store.close()
      lock.release()
    },
  }
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
