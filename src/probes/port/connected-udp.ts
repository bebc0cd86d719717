import type { Buffer } from 'node:buffer'
import { createSocket, type Socket } from 'node:dgram'
import type { Address } from '../net/resolve.ts'

export interface UdpListener {
  received(message: Buffer): void
  /** The other side can't be reached, or there is no socket to be had. Nothing comes after it. */
  failed(error: Error): void
}

/**
 * A UDP socket of one check, at a new port that nobody can foretell. It is connected, so that the system drops what
 * comes from elsewhere, and tells when the other host says that nothing listens there.
 */
export class ConnectedUdp {
  readonly #socket: Socket
  readonly #listener: UdpListener
  readonly #waiting: Buffer[] = []
  #isConnected = false
  #isClosed = false

  /** Throws where the system has no socket to give. */
  constructor({ address, family }: Address, port: number, listener: UdpListener) {
    this.#listener = listener
    // Addresses need no looking up; Node's own way would take a turn through its thread pool.
    const lookup = (host: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
      done(null, host, family)
    this.#socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', lookup })
    this.#socket.on('message', (message) => {
      if (!this.#isClosed) listener.received(message)
    })
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.connect(port, address, (error?: Error) => {
      if (error !== undefined && error !== null) this.#fail(error)
      else this.#connected()
    })
  }

  /** Sends a datagram, as soon as the socket is ready. */
  send(message: Buffer): void {
    if (this.#isClosed) return
    if (!this.#isConnected) {
      this.#waiting.push(message)
      return
    }
    this.#socket.send(message, (error) => {
      if (error !== null) this.#fail(error)
    })
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.close()
  }

  #connected(): void {
    this.#isConnected = true
    for (const message of this.#waiting.splice(0)) this.send(message)
  }

  #fail(error: Error): void {
    if (this.#isClosed) return
    this.close()
    this.#listener.failed(error)
  }
}
