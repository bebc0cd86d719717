import { Buffer } from 'node:buffer'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '#domain'
import type { Deadline } from '../net/deadline.ts'
import { Failure } from '../net/failure.ts'
import { BodyBytes } from './body-bytes.ts'
import { exchangeFailure, MAX_HEADER_BYTES } from './exchange-failure.ts'
import type { Hop } from './hop.ts'
import type { Head, Sighting } from './sighting.ts'

/** How much of a body is read, and how much of that is kept. */
export interface BodyWish {
  read: number
  keep: number
}

/** A server that sends more interim answers than this never means to send a final one. */
const MAX_INTERIM = 50

/** How much of a body that nobody asked for is held in case the exchange fails. */
const SAMPLE_BYTES = 4_096

/**
 * Sends one request over a connected socket and reads the answer into `seen`. `wish` is asked once the head is there.
 * Returns null when the answer is complete, or as complete as wished. The socket is destroyed in any case.
 */
export function exchange(
  socket: Socket,
  hop: Hop,
  seen: Sighting,
  wish: (head: Head) => BodyWish,
  deadline: Deadline,
  clock: Clock,
): Promise<Failure | null> {
  return new Promise((settle) => {
    new Exchange(socket, hop, seen, wish, deadline, clock, settle).start()
  })
}

class Exchange {
  readonly #socket: Socket
  readonly #hop: Hop
  readonly #seen: Sighting
  readonly #wish: (head: Head) => BodyWish
  readonly #deadline: Deadline
  readonly #clock: Clock
  readonly #settle: (failure: Failure | null) => void
  readonly #bytesBefore: number
  #phaseStartMs = 0
  #response: IncomingMessage | null = null
  #read = 0
  #keep = 0
  #interim = 0
  #first: Buffer | null = null
  #done = false

  constructor(
    socket: Socket,
    hop: Hop,
    seen: Sighting,
    wish: (head: Head) => BodyWish,
    deadline: Deadline,
    clock: Clock,
    settle: (failure: Failure | null) => void,
  ) {
    this.#socket = socket
    this.#hop = hop
    this.#seen = seen
    this.#wish = wish
    this.#deadline = deadline
    this.#clock = clock
    this.#settle = settle
    this.#bytesBefore = socket.bytesRead
  }

  start(): void {
    this.#deadline.begin('while waiting for headers', (failure) => this.#finish(failure))
    if (this.#done) return
    this.#phaseStartMs = this.#clock.monotonicMs()
    const { method, path, headers, body } = this.#hop
    // No agent: the socket is ours, and is used for this one request.
    const sent = request({
      createConnection: () => this.#socket,
      method,
      path,
      headers,
      maxHeaderSize: MAX_HEADER_BYTES,
    })
    this.#listen(sent)
    sent.end(body ?? undefined)
  }

  #listen(sent: ClientRequest): void {
    sent.on('response', (response) => this.#headCame(response))
    sent.on('information', () => {
      if (++this.#interim > MAX_INTERIM) {
        const sentence = `server sent more than ${MAX_INTERIM} interim answers (1xx) and no final one`
        this.#finish(new Failure({ sentence, category: 'SERVER_ERROR' }))
      }
    })
    sent.on('upgrade', (response) => {
      this.#note(response)
      this.#finish(null)
    })
    sent.on('error', (error) => {
      // What follows a complete answer on the wire is not part of it.
      if (this.#response?.complete !== true) this.#fail(error)
    })
  }

  #headCame(response: IncomingMessage): void {
    if (this.#done) return
    this.#response = response
    const head = this.#note(response)
    const { read, keep } = this.#wish(head)
    this.#read = read
    this.#keep = keep
    if (read === 0) {
      this.#finish(null)
      return
    }
    this.#seen.body = keep > 0 ? new BodyBytes() : null
    this.#deadline.begin('while reading the body', (failure) => this.#finish(failure))
    response.on('data', (chunk: Buffer) => this.#bodyCame(chunk))
    response.on('end', () => this.#finish(null))
    response.on('error', (error) => this.#fail(error))
  }

  #note(response: IncomingMessage): Head {
    const nowMs = this.#clock.monotonicMs()
    const { phases } = this.#seen
    phases.firstByte = (phases.firstByte ?? 0) + nowMs - this.#phaseStartMs
    this.#phaseStartMs = nowMs
    const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = response
    this.#seen.head = { statusCode, statusMessage, httpVersion, rawHeaders }
    return this.#seen.head
  }

  #bodyCame(chunk: Buffer): void {
    if (this.#done) return
    const seen = this.#seen
    if (seen.body === null) this.#sample(chunk)
    else seen.body.append(chunk, this.#keep)
    seen.bytes += chunk.length
    if (seen.bytes > this.#read) {
      seen.bytes = this.#read
      seen.cut = true
      this.#finish(null)
    }
  }

  /** A good answer must not pay for evidence: its first piece is only held, and is mostly enough. */
  #sample(chunk: Buffer): void {
    if (this.#first === null) {
      this.#first = chunk.length > SAMPLE_BYTES ? Buffer.from(chunk.subarray(0, SAMPLE_BYTES)) : chunk
    } else if (this.#first.length < SAMPLE_BYTES) {
      this.#keepFirst(this.#first)
      this.#seen.body?.append(chunk, SAMPLE_BYTES)
    }
  }

  #keepFirst(first: Buffer): void {
    this.#keep = SAMPLE_BYTES
    this.#seen.body = new BodyBytes()
    this.#seen.body.append(first, SAMPLE_BYTES)
  }

  #fail(error: Error): void {
    const spoke = this.#socket.bytesRead > this.#bytesBefore
    this.#finish(exchangeFailure(error, this.#hop.serverName, spoke, this.#seen, this.#deadline.phase))
  }

  #finish(failure: Failure | null): void {
    if (this.#done) return
    this.#done = true
    const { phases, head } = this.#seen
    if (head !== null) phases.download = (phases.download ?? 0) + this.#clock.monotonicMs() - this.#phaseStartMs
    if (failure !== null && this.#seen.body === null && this.#first !== null) this.#keepFirst(this.#first)
    this.#socket.destroy()
    this.#settle(failure)
  }
}
