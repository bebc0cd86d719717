import { randomUUID } from 'node:crypto'
import type { Engine, Log } from '#engine'
import { startWorkerThread, type WorkerThread } from '#engine'

const RESTART_MS = 1_000

export interface KeptWorker {
  /** From now on an end of the thread is no accident. */
  release(): void
  stop(): Promise<void>
}

export interface OwnRegionOptions {
  engine: Engine
  log: Log
  region: string
  userAgent: string
  allowPrivate: boolean
}

/** Runs the worker of the server's own region in its thread, and starts another one should it ever die. */
export async function keepWorker({
  engine,
  log,
  region,
  userAgent,
  allowPrivate,
}: OwnRegionOptions): Promise<KeptWorker> {
  let isReleased = false
  let current = await start()

  async function start(): Promise<WorkerThread> {
    const thread = startWorkerThread({
      region,
      userAgent,
      allowPrivateTargets: allowPrivate,
      log: (message) => log.warn({ region }, message),
    })
    await thread.ready
    const workerId = `${region}-${randomUUID()}`
    const attaching = engine.attachWorker({ region, workerId, line: thread.line, resends: false })
    const letGo = await attaching.catch(async (error: unknown) => {
      await thread.stop()
      throw error
    })
    thread.onExit(({ isExpected, error }) => {
      if (isExpected || isReleased) return
      log.error({ region, err: error }, 'the worker thread ended by itself; another one starts')
      letGo()
      restart()
    })
    return thread
  }

  function restart(): void {
    setTimeout(() => {
      if (isReleased) return
      start()
        .then((thread) => {
          current = thread
          if (isReleased) return thread.stop()
        })
        .catch((error: unknown) => {
          log.error({ region, err: error }, 'the worker thread could not be started; it will be tried again')
          restart()
        })
    }, RESTART_MS)
  }

  return {
    release() {
      isReleased = true
    },
    stop: () => current.stop(),
  }
}
