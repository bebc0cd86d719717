import { connect, type NetConnectOpts, type Socket } from 'node:net'
import type { Clock, Timer } from '#domain'
import { connectFailure, socketName } from './connect-failure.ts'
import type { Deadline } from './deadline.ts'
import { allFailed, type Failure } from './failure.ts'
import type { Address } from './resolve.ts'

/** An address that was tried without success. */
export interface FailedAttempt {
  address: string
  error: string
}

export interface Dialed {
  socket: Socket
  address: Address
}

/** RFC 8305, section 5: how long one address may be silent before the next is tried beside it. */
const NEXT_ADDRESS_MS = 250

/** Sockets keep this listener to the end: a late error of a socket that nobody needs is no news. */
export function ignore(): void {}

/**
 * Connects to the first address that answers. A silent address is not given up: the next one is tried beside it, and
 * the slowest of them still has until the deadline. Addresses that failed are added to `attempts`.
 */
export function dial(
  addresses: readonly Address[],
  port: number,
  deadline: Deadline,
  clock: Clock,
  attempts: FailedAttempt[],
  open: (options: NetConnectOpts) => Socket = connect,
): Promise<Dialed | Failure> {
  return new Promise((settle) => {
    new Dialer(addresses, port, deadline, clock, attempts, open, settle).tryNext()
  })
}

class Dialer {
  readonly #addresses: readonly Address[]
  readonly #port: number
  readonly #deadline: Deadline
  readonly #clock: Clock
  readonly #attempts: FailedAttempt[]
  readonly #connect: (options: NetConnectOpts) => Socket
  readonly #settle: (outcome: Dialed | Failure) => void
  /** A list, since it has nearly always one member. */
  #open: Dialed[] = []
  readonly #failures: Failure[] = []
  #next = 0
  #timer: Timer | null = null
  #settled = false

  constructor(
    addresses: readonly Address[],
    port: number,
    deadline: Deadline,
    clock: Clock,
    attempts: FailedAttempt[],
    open: (options: NetConnectOpts) => Socket,
    settle: (outcome: Dialed | Failure) => void,
  ) {
    this.#addresses = addresses
    this.#port = port
    this.#deadline = deadline
    this.#clock = clock
    this.#attempts = attempts
    this.#connect = open
    this.#settle = settle
  }

  tryNext(): void {
    const target = this.#addresses[this.#next++]
    if (target === undefined || this.#settled) return
    this.#timer?.cancel()
    const where = socketName(target.address, this.#port)
    const phase = this.#next === 1 ? `while connecting to ${where}` : `${this.#deadline.phase} and ${where}`
    this.#deadline.begin(phase, (failure) => this.#finish(failure))
    if (this.#settled) return
    const socket = this.#connect({ host: target.address, port: this.#port, autoSelectFamily: false })
    const dialed = { socket, address: target }
    this.#open.push(dialed)
    // It stays to the end: a late error of a socket that nobody needs is no news.
    socket.on('error', (error) => this.#failed(dialed, error))
    socket.on('connect', () => {
      if (!this.#settled) this.#finish(dialed)
    })
    if (this.#next < this.#addresses.length) {
      this.#timer = this.#clock.schedule(NEXT_ADDRESS_MS, () => this.tryNext())
    }
  }

  #failed(dialed: Dialed, error: Error): void {
    if (this.#settled) return
    const { address } = dialed.address
    const failure = connectFailure(error, address, this.#port)
    this.#open = this.#open.filter((other) => other !== dialed)
    dialed.socket.destroy()
    this.#failures.push(failure)
    this.#attempts.push({ address, error: failure.sentence })
    if (this.#next < this.#addresses.length) this.tryNext()
    else if (this.#open.length === 0) this.#finish(allFailed(this.#failures))
  }

  #finish(outcome: Dialed | Failure): void {
    this.#settled = true
    this.#timer?.cancel()
    for (const dialed of this.#open) {
      if (dialed === outcome) continue
      dialed.socket.destroy()
      const { address } = dialed.address
      this.#attempts.push({ address, error: `${socketName(address, this.#port)} did not answer in time` })
    }
    this.#settle(outcome)
  }
}
