import { Buffer } from 'node:buffer'
import { randomFillSync } from 'node:crypto'
import type { Clock } from '#domain'
import { type PingAddress, toSockaddr } from './addresses.ts'
import { type EchoAnswer, encodeEcho, type Family } from './echo-packet.ts'
import type { IcmpSocket, NoSocket, OpenIcmp } from './icmp-socket.ts'

/** Told what becomes of one echo request: at most one of these, once. */
export interface EchoFate {
  /** Round trip in ms with fractions. */
  onReply(ms: number): void
  /** It never left: a code such as `ENETUNREACH`. */
  onUnsent(code: string): void
  /** Somebody on the way refused it; with the reason in words. */
  onRefused(says: string): void
}

export interface EchoToSend {
  address: PingAddress
  dataBytes: number
  clock: Clock
  fate: EchoFate
}

interface Echo extends EchoToSend {
  /** Null while it waits for its turn. */
  sequence: number | null
  token: Buffer
  sentMs: number
}

const TOKEN_BYTES = 8
const NO_BYTES = Buffer.alloc(0)
/** Requests sent in one turn of the event loop: others get their turn, and no queue of replies overflows. */
const BURST = 8
const SEQUENCES = 0x1_0000
/** Kept free, so that a free sequence is found soon. */
const MAX_IN_FLIGHT = 0xf000
const IDLE_MS = 5_000

/**
 * The echo requests of this thread in one family, on one shared socket that is opened when it is needed and closed
 * when it was idle for a while. A reply counts once, and only when address, identifier, sequence and token agree.
 */
export class Echoes {
  readonly #family: Family
  readonly #open: OpenIcmp
  readonly #inFlight = new Map<number, Echo>()
  readonly #queue = new Set<Echo>()
  #socket: IcmpSocket | null = null
  #sequence = 0
  #turn: NodeJS.Immediate | null = null
  #idle: NodeJS.Timeout | null = null

  constructor(family: Family, open: OpenIcmp) {
    this.#family = family
    this.#open = open
  }

  /** Requests that wait for their turn or for their reply. */
  get size(): number {
    return this.#inFlight.size + this.#queue.size
  }

  get isOpen(): boolean {
    return this.#socket !== null
  }

  /** Makes sure that there is a socket; null when there is. */
  ready(): NoSocket | null {
    if (this.#socket !== null) return null
    const opened = this.#open(this.#family, {
      onReply: (from, reply, ageMs) => this.#takeReply(from, reply, ageMs),
      onError: (error, says) => this.#takeError(error, says),
    })
    if ('reason' in opened) return opened
    this.#socket = opened
    this.#rest()
    return null
  }

  /** Sends a request as soon as it is its turn; `ready` comes first. The answer forgets it and its fate. */
  send(toSend: EchoToSend): () => void {
    const echo: Echo = { ...toSend, sequence: null, token: NO_BYTES, sentMs: 0 }
    this.#queue.add(echo)
    this.#turn ??= setImmediate(() => this.#sendSome())
    return () => {
      this.#queue.delete(echo)
      this.#forget(echo)
    }
  }

  close(): void {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    this.#socket?.close()
    this.#socket = null
  }

  #sendSome(): void {
    this.#turn = null
    let left = BURST
    for (const echo of this.#queue) {
      if (left-- === 0) break
      this.#queue.delete(echo)
      this.#sendOne(echo)
    }
    if (this.#queue.size > 0) this.#turn = setImmediate(() => this.#sendSome())
  }

  #sendOne(echo: Echo): void {
    const { address, dataBytes, clock, fate } = echo
    const lack = this.ready()
    const socket = this.#socket
    if (lack !== null || socket === null || this.#inFlight.size >= MAX_IN_FLIGHT) {
      fate.onUnsent(lack?.code ?? 'ENOBUFS')
      return
    }
    const sequence = this.#nextSequence()
    const data = Buffer.alloc(dataBytes)
    echo.token = randomFillSync(data, 0, TOKEN_BYTES).subarray(0, TOKEN_BYTES)
    echo.sequence = sequence
    const packet = encodeEcho(this.#family, { identifier: socket.identifier ?? 0, sequence, data })
    // Known before it is sent: an error may be told while the call still runs.
    this.#inFlight.set(sequence, echo)
    if (this.#inFlight.size === 1) this.#work(socket)
    echo.sentMs = clock.monotonicMs()
    const code = socket.send(packet, toSockaddr(address))
    if (code !== null && this.#forget(echo)) fate.onUnsent(code)
  }

  #nextSequence(): number {
    do this.#sequence = (this.#sequence + 1) % SEQUENCES
    while (this.#inFlight.has(this.#sequence))
    return this.#sequence
  }

  #takeReply(from: Buffer, { sequence, data }: EchoAnswer & { kind: 'reply' }, ageMs: number): void {
    const echo = this.#inFlight.get(sequence)
    if (echo === undefined || !from.equals(echo.address.bytes) || !isPrefix(echo.token, data)) return
    const ms = Math.max(0, echo.clock.monotonicMs() - ageMs - echo.sentMs)
    this.#forget(echo)
    echo.fate.onReply(ms)
  }

  /** Routers may quote no more than the header, so the token is compared only where it is there. */
  #takeError({ sequence, target, data }: EchoAnswer & { kind: 'error' }, says: string): void {
    const echo = this.#inFlight.get(sequence)
    if (echo === undefined || !target.equals(echo.address.bytes)) return
    if (data.length >= TOKEN_BYTES && !isPrefix(echo.token, data)) return
    this.#forget(echo)
    echo.fate.onRefused(says)
  }

  /** True when it was still awaited. */
  #forget(echo: Echo): boolean {
    const { sequence } = echo
    if (sequence === null || this.#inFlight.get(sequence) !== echo) return false
    this.#inFlight.delete(sequence)
    if (this.#inFlight.size === 0) this.#rest()
    return true
  }

  #work(socket: IcmpSocket): void {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    socket.listen(true)
  }

  #rest(): void {
    this.#socket?.listen(false)
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.close(), IDLE_MS).unref()
  }
}

function isPrefix(token: Buffer, data: Buffer): boolean {
  return data.subarray(0, TOKEN_BYTES).equals(token)
}
