import { Buffer } from 'node:buffer'
import type { Clock, Timer } from '#domain'
import { connectFailure, socketName } from '../net/connect-failure.ts'
import type { Deadline } from '../net/deadline.ts'
import type { FailedAttempt } from '../net/dial.ts'
import { allFailed, errorCode, Failure } from '../net/failure.ts'
import type { Address } from '../net/resolve.ts'
import { ReceivedBytes } from './answer.ts'
import { ConnectedUdp } from './connected-udp.ts'
import type { PortPlan } from './plan.ts'
import { withAnswer } from './tcp.ts'

export interface UdpContext {
  plan: PortPlan
  addresses: readonly Address[]
  clock: Clock
  deadline: Deadline
  timeoutMs: number
  /** Addresses that failed are added here. */
  attempts: FailedAttempt[]
}

/** What became of a datagram. */
export interface UdpOutcome {
  /** Who answered, or who was silent; null when every address failed. */
  address: Address | null
  answer: 'answered' | 'silent' | 'none'
  received: ReceivedBytes
  /** Ms from the first datagram to the first answer; null when none came. */
  firstByteMs: number | null
  failure: Failure | null
}

/** How long a datagram may be unanswered before the next address is tried, or it is sent again. */
const PATIENCE_MS = 1_000
/** How long silence lasts before it counts as such, where no answer is expected: long enough for a host's "unreachable". */
const SILENCE_MS = 3_000

/**
 * Sends a datagram, again after 1, 2, 4 … seconds since networks lose some, and waits for one of three answers: data,
 * the host's word that nothing listens there, or silence. Holds no socket afterwards.
 */
export function converseOverUdp(context: UdpContext): Promise<UdpOutcome> {
  return new Promise((settle) => new UdpDialogue(context, settle).tryNext())
}

interface Correspondent {
  address: Address
  socket: ConnectedUdp | null
  received: ReceivedBytes
  failure: Failure | null
}

class UdpDialogue {
  readonly #context: UdpContext
  readonly #settle: (outcome: UdpOutcome) => void
  readonly #correspondents: Correspondent[]
  readonly #startMs: number
  #silence: Timer | null = null
  #timer: Timer | null = null
  #patienceMs: number
  #firstByteMs: number | null = null
  #isOver = false

  constructor(context: UdpContext, settle: (outcome: UdpOutcome) => void) {
    const { addresses, clock, plan, timeoutMs } = context
    this.#context = context
    this.#settle = settle
    this.#startMs = clock.monotonicMs()
    this.#patienceMs = Math.min(PATIENCE_MS, timeoutMs / 4)
    this.#correspondents = addresses.map((address) => ({
      address,
      socket: null,
      received: new ReceivedBytes(),
      failure: null,
    }))
    if (plan.expected === null) {
      this.#silence = clock.schedule(Math.min(SILENCE_MS, timeoutMs * 0.8), () => this.#end('silent', null))
    }
  }

  /** Sends to the next address; to all again when there is none left. */
  tryNext(): void {
    const { deadline, clock } = this.#context
    deadline.begin(`while waiting for an answer of ${this.#names()} over UDP`, (failure) => this.#expire(failure))
    if (this.#isOver) return
    this.#timer?.cancel()
    this.#timer = clock.schedule(this.#patienceMs, () => this.tryNext())
    const next = this.#correspondents.find(({ socket, failure }) => socket === null && failure === null)
    if (next !== undefined) {
      this.#send(next)
      return
    }
    this.#patienceMs *= 2
    for (const each of this.#correspondents) if (each.failure === null) this.#send(each)
  }

  #send(to: Correspondent): void {
    const { port, sendData } = this.#context.plan
    try {
      to.socket ??= new ConnectedUdp(to.address, port, {
        received: (message) => this.#received(to, message),
        failed: (error) => this.#failed(to, error),
      })
      to.socket.send(sendData ?? Buffer.alloc(0))
    } catch (error) {
      this.#failed(to, error)
    }
  }

  #received(from: Correspondent, message: Buffer): void {
    const { expected } = this.#context.plan
    this.#firstByteMs ??= this.#context.clock.monotonicMs() - this.#startMs
    from.received.add(message)
    if (expected === null || from.received.has(expected)) this.#end('answered', null, from)
  }

  #failed(to: Correspondent, error: unknown): void {
    if (this.#isOver) return
    to.failure = this.#unreachable(error, to.address)
    this.#context.attempts.push({ address: to.address.address, error: to.failure.sentence })
    const failures = this.#correspondents.flatMap(({ failure }) => (failure === null ? [] : [failure]))
    if (failures.length === this.#correspondents.length) this.#end('none', allFailed(failures))
    else this.tryNext()
  }

  #unreachable(error: unknown, { address }: Address): Failure {
    const { port } = this.#context.plan
    if (errorCode(error) !== 'ECONNREFUSED') return connectFailure(error, address, port)
    return new Failure({
      sentence: `connection refused by ${socketName(address, port)}: its host says that nothing listens on this UDP port`,
      category: 'CONNECTION_REFUSED',
    })
  }

  #expire(failure: Failure): void {
    const { expected } = this.#context.plan
    const talker = this.#correspondents.find(({ received }) => received.bytes.length > 0)
    const { received } = talker ?? { received: new ReceivedBytes() }
    const answer = talker === undefined ? 'silent' : 'answered'
    this.#end(answer, expected === null ? failure : withAnswer(failure, received, expected), talker)
  }

  #end(answer: UdpOutcome['answer'], failure: Failure | null, who?: Correspondent): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#timer?.cancel()
    this.#silence?.cancel()
    for (const { socket } of this.#correspondents) socket?.close()
    const left = who ?? this.#correspondents.find((each) => each.failure === null)
    this.#settle({
      address: left?.address ?? null,
      answer,
      received: left?.received ?? new ReceivedBytes(),
      firstByteMs: this.#firstByteMs,
      failure,
    })
  }

  #names(): string {
    const { port } = this.#context.plan
    return this.#correspondents.map(({ address }) => socketName(address.address, port)).join(', ')
  }
}
