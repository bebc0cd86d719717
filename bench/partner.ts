import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of our own on the other side of a measurement, so that its work and memory are not counted. */
export class Partner {
  readonly #child: ChildProcess

  constructor(file: string, args: string[] = []) {
    this.#child = fork(new URL(file, import.meta.url), args, { serialization: 'advanced' })
  }

  /** Sends a message (if any) and resolves with the next one that comes back; rejects when the process ends instead. */
  async ask<Answer>(message?: unknown): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const ended = (code: number | null) => reject(new Error(`${this.#child.spawnargs[1]} ended with code ${code}`))
    this.#child.once('message', (answer) => resolve(answer as Answer))
    this.#child.once('exit', ended)
    if (message !== undefined) this.#child.send(message as object)
    try {
      return await promise
    } finally {
      this.#child.off('exit', ended)
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill()
    await ended
  }
}
