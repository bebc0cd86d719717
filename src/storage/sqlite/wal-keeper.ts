import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'

/** The log is emptied when it is longer than this. */
const WAL_START_BYTES = 4 * 1024 * 1024

export interface WalWorkerData {
  path: string
  startBytes: number
}
export type FromWalWorker = 'full' | 'done'
export type ToWalWorker = 'go' | 'stop'

/**
 * Keeps the write-ahead log short from a thread of its own, since a checkpoint waits for the disk. The last step needs a
 * moment without writers: commits queue behind the store's lock meanwhile, and the event loop goes on.
 */
export class WalKeeper {
  readonly #worker: Worker
  readonly #ended: Promise<void>
  #quiet: Promise<void> = Promise.resolve()

  constructor(path: string, db: Kysely<Tables>, startBytes = WAL_START_BYTES) {
    const workerData: WalWorkerData = { path, startBytes }
    this.#worker = new Worker(new URL('./wal-worker.ts', import.meta.url), { workerData })
    this.#worker.unref()
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => resolve())
    })
    // It ends then; the log grows until the next start, and nothing is lost.
    this.#worker.on('error', () => undefined)
    this.#worker.on('message', (message: FromWalWorker) => {
      if (message === 'full') this.#quiet = this.#keepQuiet(db).catch(() => undefined)
    })
  }

  async close(): Promise<void> {
    this.#worker.ref()
    await this.#quiet
    this.#send('stop')
    await this.#ended
  }

  async #keepQuiet(db: Kysely<Tables>): Promise<void> {
    await db.connection().execute(async () => {
      const done = once(this.#worker, 'message')
      this.#send('go')
      await Promise.race([done, this.#ended])
    })
  }

  #send(message: ToWalWorker): void {
    this.#worker.postMessage(message)
  }
}
