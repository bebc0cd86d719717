import type { Buffer } from 'node:buffer'
import { ConnectedUdp } from '../port/connected-udp.ts'
import { answers } from './query.ts'
import type { ServerAddress } from './server.ts'

export interface AnswerListener {
  /** An answer to a message that was sent. */
  answered(message: Buffer): void
  /** The server can't be reached, or there is no socket to be had. Nothing comes after it. */
  failed(error: Error): void
}

/**
 * Questions to one server over UDP. Each check has a socket of its own: an id and a source port that nobody can
 * foretell are what keeps forged answers out (RFC 5452).
 */
export class UdpExchange {
  /** Datagrams from the server's address that answer none of the questions. */
  strays = 0
  readonly #socket: ConnectedUdp
  /** Every question that was sent: a late answer to the first one is as good as one to the last. */
  readonly #asked: Buffer[] = []

  /** Throws where the system has no socket to give. */
  constructor(server: ServerAddress, { answered, failed }: AnswerListener) {
    this.#socket = new ConnectedUdp(server, server.port, {
      received: (message) => {
        if (this.#asked.some((asked) => answers(message, asked))) answered(message)
        else this.strays++
      },
      failed,
    })
  }

  ask(message: Buffer): void {
    this.#asked.push(message)
    this.#socket.send(message)
  }

  close(): void {
    this.#socket.close()
  }
}
