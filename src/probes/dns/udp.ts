import type { Buffer } from 'node:buffer'
import { createSocket, type Socket } from 'node:dgram'
import { answers } from './query.ts'
import type { ServerAddress } from './server.ts'

export interface UdpListener {
  /** An answer to a message that was sent. */
  answered(message: Buffer): void
  /** The server can't be reached, or there is no socket to be had. Nothing comes after it. */
  failed(error: Error): void
}

/**
 * Questions to one server over UDP. Each check has a socket of its own, so that the source port is a new one that
 * nobody can foretell (RFC 5452), and the socket is connected, so that the system drops what comes from elsewhere and
 * tells when the server's host says that nothing listens there.
 */
export class UdpExchange {
  /** Datagrams from the server's address that answer none of the questions. */
  strays = 0
  readonly #socket: Socket
  readonly #listener: UdpListener
  /** Every question that was sent: a late answer to the first one is as good as one to the last. */
  readonly #asked: Buffer[] = []
  #isConnected = false
  #isClosed = false

  /** Throws where the system has no socket to give. */
  constructor({ address, family, port }: ServerAddress, listener: UdpListener) {
    this.#listener = listener
    // Addresses need no looking up; Node's own way would take a turn through its thread pool.
    const lookup = (host: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
      done(null, host, family)
    this.#socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', lookup })
    this.#socket.on('message', (message) => this.#received(message))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.connect(port, address, (error?: Error) => {
      if (error !== undefined && error !== null) this.#fail(error)
      else this.#connected()
    })
  }

  /** Sends a question, as soon as the socket is ready. */
  ask(message: Buffer): void {
    this.#asked.push(message)
    if (this.#isConnected) this.#send(message)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.close()
  }

  #connected(): void {
    this.#isConnected = true
    for (const message of this.#asked) this.#send(message)
  }

  #send(message: Buffer): void {
    if (this.#isClosed) return
    this.#socket.send(message, (error) => {
      if (error !== null) this.#fail(error)
    })
  }

  #received(message: Buffer): void {
    if (this.#isClosed) return
    if (this.#asked.some((asked) => answers(message, asked))) this.#listener.answered(message)
    else this.strays++
  }

  #fail(error: Error): void {
    if (this.#isClosed) return
    this.close()
    this.#listener.failed(error)
  }
}
