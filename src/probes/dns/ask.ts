import type { Buffer } from 'node:buffer'
import type { Clock, Timer } from '#domain'
import { connectFailure } from '../net/connect-failure.ts'
import type { Deadline } from '../net/deadline.ts'
import { allFailed, errorCode, Failure } from '../net/failure.ts'
import { type DnsAnswer, readAnswer } from './answer.ts'
import type { DnsPlan } from './plan.ts'
import { isTruncated, withId } from './query.ts'
import type { ServerAddress } from './server.ts'
import { serverFault } from './server-fault.ts'
import { askOverTcp } from './tcp.ts'
import { UdpExchange } from './udp.ts'

export interface AskContext {
  plan: DnsPlan
  /** In the order in which to ask them; at least one. */
  servers: readonly ServerAddress[]
  clock: Clock
  deadline: Deadline
  /** How long the first question may be unanswered before the next server is asked, or the same one again. */
  patienceMs: number
  /** A number of 16 bits that nobody can foretell. */
  randomId: () => number
}

/** What became of a question. */
export interface Asked {
  /** The last answer that came, also one that reports a fault of the server. */
  answer: DnsAnswer | null
  /** Who gave the answer; null when nobody did. */
  server: ServerAddress | null
  transport: 'udp' | 'tcp'
  /** Why there is no usable answer. */
  failure: Failure | null
  /** Servers that gave no usable answer, each with its own fault. */
  faults: { server: string; error: string }[]
  /** How many questions were sent over UDP. */
  sent: number
  /** Time from the first question to the last answer in ms; null while there is none. */
  tookMs: number | null
}

/**
 * Asks the servers over UDP, one after the other and round again with growing patience, until one gives a usable
 * answer; over TCP where the answer is truncated (RFC 1035, section 4.2; RFC 7766). Ends with the deadline, and holds no
 * socket afterwards.
 */
export function askServers(context: AskContext): Promise<Asked> {
  return new Promise((settle) => new Asking(context, settle).askNext())
}

/** A server in the course of one check. */
interface Candidate {
  server: ServerAddress
  exchange: UdpExchange | null
  usesEdns: boolean
  failure: Failure | null
}

class Asking {
  readonly #context: AskContext
  readonly #settle: (asked: Asked) => void
  readonly #candidates: Candidate[]
  readonly #startMs: number
  readonly #asked: Asked = {
    answer: null,
    server: null,
    transport: 'udp',
    failure: null,
    faults: [],
    sent: 0,
    tookMs: null,
  }
  #turn = 0
  #strays = 0
  #patienceMs: number
  #timer: Timer | null = null
  #isOver = false

  constructor(context: AskContext, settle: (asked: Asked) => void) {
    this.#context = context
    this.#settle = settle
    this.#patienceMs = context.patienceMs
    this.#startMs = context.clock.monotonicMs()
    this.#candidates = context.servers.map((server) => ({ server, exchange: null, usesEdns: true, failure: null }))
  }

  /** Asks the next server that has not failed, and plans the one after it. */
  askNext(): void {
    this.#context.deadline.begin(`while waiting for an answer of ${this.#names()}`, (failure) => this.#expire(failure))
    if (this.#isOver) return
    this.#timer?.cancel()
    const left = this.#candidates.filter(({ failure }) => failure === null)
    const candidate = left[this.#turn++ % left.length]
    if (candidate === undefined) return
    this.#timer = this.#context.clock.schedule(this.#patienceMs, () => this.askNext())
    if (this.#turn >= this.#candidates.length) this.#patienceMs *= 2
    this.#send(candidate)
  }

  #send(candidate: Candidate): void {
    const { plan, randomId } = this.#context
    try {
      candidate.exchange ??= new UdpExchange(candidate.server, {
        answered: (message) => this.#answered(candidate, message),
        failed: (error) => this.#failed(candidate, unreachable(error, candidate.server)),
      })
    } catch (error) {
      this.#failed(candidate, unreachable(error, candidate.server))
      return
    }
    this.#asked.sent++
    candidate.exchange.ask(withId(candidate.usesEdns ? plan.query.withEdns : plan.query.plain, randomId()))
  }

  #answered(candidate: Candidate, message: Buffer): void {
    if (isTruncated(message)) {
      void this.#askOverTcp(candidate)
      return
    }
    this.#take(candidate, message, 'udp')
  }

  async #askOverTcp(candidate: Candidate): Promise<void> {
    const { plan, randomId, deadline, clock } = this.#context
    const { server } = candidate
    // From here on only this server counts: it has the answer.
    this.#hush()
    const message = withId(candidate.usesEdns ? plan.query.withEdns : plan.query.plain, randomId())
    const answer = await askOverTcp(server, message, deadline, clock)
    this.#asked.transport = 'tcp'
    if (!(answer instanceof Failure)) {
      this.#take(candidate, answer, 'tcp')
      return
    }
    const { unmeasured, sentence, category, localFault } = answer
    if (unmeasured) {
      this.#end(answer)
      return
    }
    const told = `the answer of ${server.name} is truncated, and asking again over TCP failed: ${sentence}`
    const failure = new Failure({ sentence: told, category, localFault })
    if (deadline.failure !== null) this.#end(failure)
    else this.#failed(candidate, failure)
  }

  /** Keeps an answer if it is one of the question; else the next server may know better. */
  #take(candidate: Candidate, message: Buffer, transport: 'udp' | 'tcp'): void {
    const { plan } = this.#context
    const { server } = candidate
    const answer = readAnswer(message, plan.name.wire, plan.record)
    if (answer !== null) {
      const tookMs = this.#context.clock.monotonicMs() - this.#startMs
      Object.assign(this.#asked, { answer, server, transport, tookMs })
    }
    if (answer !== null && candidate.usesEdns && ['FORMERR', 'NOTIMP', 'BADVERS'].includes(answer.rcode)) {
      // RFC 6891, section 7: old servers don't know EDNS.
      candidate.usesEdns = false
      this.#send(candidate)
      return
    }
    const fault = answer === null ? unreadable(server) : serverFault(answer.rcode, server, plan)
    if (fault === null) this.#end(null)
    else this.#failed(candidate, fault)
  }

  #failed(candidate: Candidate, failure: Failure): void {
    if (this.#isOver) return
    candidate.failure = failure
    this.#release(candidate)
    this.#asked.faults.push({ server: candidate.server.name, error: failure.sentence })
    if (this.#candidates.every((each) => each.failure !== null)) this.#end(allFailed(this.#failures()))
    else this.askNext()
  }

  #expire(failure: Failure): void {
    this.#hush()
    const notes = [failure.sentence, ...this.#failures().map(({ sentence }) => sentence)]
    if (this.#strays > 0) notes.push(`${this.#strays} that answer another question (wrong id or name) were ignored`)
    this.#end(failure.unmeasured ? failure : new Failure({ ...failure, sentence: notes.join('; ') }))
  }

  #end(failure: Failure | null): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#hush()
    this.#asked.failure = failure
    this.#settle(this.#asked)
  }

  /** Lets go of every socket and of the timer. */
  #hush(): void {
    this.#timer?.cancel()
    for (const candidate of this.#candidates) this.#release(candidate)
  }

  #release(candidate: Candidate): void {
    candidate.exchange?.close()
    this.#strays += candidate.exchange?.strays ?? 0
    candidate.exchange = null
  }

  #failures(): Failure[] {
    return this.#candidates.flatMap(({ failure }) => (failure === null ? [] : [failure]))
  }

  #names(): string {
    return this.#candidates.map(({ server }) => server.name).join(', ')
  }
}

function unreachable(error: unknown, { address, port, name }: ServerAddress): Failure {
  if (errorCode(error) !== 'ECONNREFUSED') return connectFailure(error, address, port)
  return new Failure({
    sentence: `no DNS server at ${name}: its host says that nothing listens there`,
    category: 'CONNECTION_REFUSED',
  })
}

function unreadable({ name }: ServerAddress): Failure {
  return new Failure({ sentence: `the answer of ${name} can't be read: it is malformed`, category: 'DNS_FAILURE' })
}
