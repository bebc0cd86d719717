import { Buffer } from 'node:buffer'
import { MAX_ANSWER_BYTES } from './config.ts'
import { showBytes } from './escapes.ts'
import type { Expected } from './plan.ts'

const NOTHING = Buffer.alloc(0)

/** What came from the other side so far, as much of it as is read. */
export class ReceivedBytes {
  bytes: Buffer = NOTHING
  #room: Buffer | null = null
  #searchedTo = 0

  add(piece: Buffer): void {
    const { length } = this.bytes
    if (length === 0) {
      this.bytes = piece.subarray(0, MAX_ANSWER_BYTES)
      return
    }
    if (this.#room === null) {
      // Room for all at once: a server that sends byte by byte must not make us copy everything each time.
      this.#room = Buffer.alloc(MAX_ANSWER_BYTES)
      this.bytes.copy(this.#room)
    }
    piece.copy(this.#room, length)
    this.bytes = this.#room.subarray(0, Math.min(length + piece.length, MAX_ANSWER_BYTES))
  }

  /** Whether it is there; asked of the same expectation each time, so that nothing is searched twice. */
  has({ bytes }: Expected): boolean {
    const found = this.bytes.includes(bytes, this.#searchedTo)
    if (!found) this.#searchedTo = Math.max(0, this.bytes.length - bytes.length + 1)
    return found
  }

  /** `expected "+PONG", got "-ERR\r\n"`: for sentences. */
  mismatch({ text }: Expected): string {
    const got = this.bytes.length === 0 ? 'nothing' : `"${showBytes(this.bytes, 100)}"`
    return `expected "${text.slice(0, 100)}", got ${got}`
  }
}
