import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'

/** The log is emptied when it is longer than this. */
const WAL_START_BYTES = 4 * 1024 * 1024
const START_AFTER_MS = 1_000

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
  readonly #options: KeeperOptions
  readonly #starting: NodeJS.Timeout
  #running: { worker: Worker; ended: Promise<void> } | null = null
  #quiet: Promise<void> = Promise.resolve()
  #isClosing = false

  constructor(options: KeeperOptions) {
    this.#options = options
    // A command that is done in less writes too little to matter, and needs no thread.
    this.#starting = setTimeout(() => this.#start(), START_AFTER_MS).unref()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#starting)
    if (this.#running === null) return
    const { worker, ended } = this.#running
    worker.ref()
    await this.#quiet
    this.#send(worker, 'stop')
    await ended
  }

  #start(): void {
    const { path, onLost } = this.#options
    const workerData: WalWorkerData = { path, startBytes: WAL_START_BYTES }
    const worker = new Worker(new URL('./wal-worker.ts', import.meta.url), { workerData })
    worker.unref()
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        resolve()
        if (!this.#isClosing) onLost()
      })
    })
    // Without a listener an error there would end the whole process; the exit follows.
    worker.on('error', () => undefined)
    worker.on('message', (message: FromWalWorker) => {
      if (message === 'full') this.#quiet = this.#keepQuiet(worker, ended).catch(() => undefined)
    })
    this.#running = { worker, ended }
  }

  async #keepQuiet(worker: Worker, ended: Promise<void>): Promise<void> {
    await this.#options.db.connection().execute(async () => {
      const done = once(worker, 'message')
      this.#send(worker, 'go')
      await Promise.race([done, ended])
    })
  }

  #send(worker: Worker, message: ToWalWorker): void {
    worker.postMessage(message)
  }
}

interface KeeperOptions {
  path: string
  db: Kysely<Tables>
  /** The thread ended by itself; the caller must keep the log short in another way. */
  onLost: () => void
}
