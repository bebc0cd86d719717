import { type FileHandle, open, stat } from 'node:fs/promises'
import { StorageError } from '../port.ts'

/** Puts what was committed on disk without stopping the event loop. Callers who come together share one fsync. */
export class WalSync {
  readonly #path: string
  #handle: FileHandle | null = null
  #inode = 0
  #running: Promise<void> | null = null
  #next: Promise<void> | null = null

  constructor(walPath: string) {
    this.#path = walPath
  }

  /** Resolves when everything written before the call is on disk. Throws `StorageError`. */
  sync(): Promise<void> {
    // One that runs may have begun before the caller's write, so it doesn't count for it.
    if (this.#running === null) return this.#start()
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = null
        return this.#start()
      })
    return this.#next
  }

  async close(): Promise<void> {
    await this.#running?.catch(() => undefined)
    await this.#handle?.close()
    this.#handle = null
  }

  #start(): Promise<void> {
    this.#running = this.#sync().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #sync(): Promise<void> {
    try {
      const { ino } = await stat(this.#path)
      if (this.#handle === null || ino !== this.#inode) {
        await this.#handle?.close()
        this.#handle = await open(this.#path, 'r+')
        this.#inode = ino
      }
      await this.#handle.datasync()
    } catch (error) {
      throw new StorageError('full', `can't put the write-ahead log on disk: ${String(error)}`, { cause: error })
    }
  }
}
