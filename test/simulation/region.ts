import { type CheckResult, NO_PHASES } from '#domain'
import { type Assignment, createWorker, type RegionWorker, type SimulatedClock } from '#engine'
import { type Connection, type WorkerPort, workerPort } from './line.ts'
import type { Prng } from './prng.ts'
import { type ProcessView, processView } from './process-view.ts'
import type { CheckRules } from './rules/check-rules.ts'
import { isOutage, type Target } from './target.ts'
import type { Fault, TruthOfChecks } from './truth-of-checks.ts'

/** A worker looks at the clock so often while checks run: rarely enough to be cheap, often enough to notice a stall. */
const WATCH_MS = 180

export interface RegionParts {
  code: string
  clock: SimulatedClock
  random: Prng
  targets: ReadonlyMap<string, Target>
  truth: TruthOfChecks
  rules: CheckRules
  /** The network has gone or come back. */
  onNetwork: (code: string) => void
  /** A probe fails by a fault of ours. */
  onProbeFault: (code: string, timeoutMs: number) => void
  /** Lets a test damage a worker, to prove that it would be noticed. */
  doublesChecks?: boolean
}

/** A place from which targets are seen: its network, and the process of its worker. */
export class SimulatedRegion {
  readonly code: string
  readonly #parts: RegionParts
  /** How its network fails now. */
  #outage: 'no route' | 'black hole' | null = null
  #workers = 0
  worker: { view: ProcessView; port: WorkerPort; id: string; worker: RegionWorker } | null = null
  connection: Connection | null = null

  constructor(parts: RegionParts) {
    this.code = parts.code
    this.#parts = parts
  }

  get outage(): 'no route' | 'black hole' | null {
    return this.#outage
  }

  set outage(outage: 'no route' | 'black hole' | null) {
    this.#outage = outage
    this.#parts.onNetwork(this.code)
  }

  /** A new worker process. */
  start(): void {
    const { clock, code, random } = this.#parts
    const view = processView(clock, random.fork(`lateness ${this.#workers}`))
    const id = `${code}-${++this.#workers}`
    const travelMs = () => (code === 'local' ? random.next() * 0.5 : 5 + random.next() ** 4 * 200)
    const port = workerPort(clock, view, travelMs)
    const worker = createWorker({
      line: port.line,
      clock: view.clock,
      region: code,
      check: (assignment, signal) => this.#check(id, view, assignment, signal),
      watchMs: WATCH_MS,
    })
    this.worker = { view, port, id, worker }
  }

  /** The worker dies, and its connection with it. */
  kill(): void {
    this.worker?.worker.stop()
    this.worker?.view.kill()
    this.worker = null
    this.disconnect()
  }

  disconnect(): void {
    this.connection?.sever()
    this.connection = null
    this.#parts.rules.attached(this.code, false)
  }

  #check(worker: string, view: ProcessView, assignment: Assignment, signal: AbortSignal): Promise<CheckResult> {
    const { clock, rules, random, doublesChecks } = this.#parts
    const { monitorId, version, timeoutMs } = assignment
    if (doublesChecks && random.chance(0.01)) rules.started(worker, this.code, monitorId, version, timeoutMs)
    const ended = rules.started(worker, this.code, monitorId, version, timeoutMs)
    const startedMs = clock.monotonicMs()
    const { fault, result, afterMs } = this.#course(assignment, startedMs)
    const ran = { fault, atMs: startedMs }
    if (fault === 'process') this.#parts.onProbeFault(this.code, timeoutMs)
    this.#parts.truth.started(monitorId, this.code, clock.nowMs(), ran)
    const { promise, resolve, reject } = Promise.withResolvers<CheckResult>()
    let isOver = false
    const end = () => {
      if (isOver) return false
      isOver = true
      ended()
      return true
    }
    signal.addEventListener('abort', () => end() && reject(new Error('aborted')), { once: true })
    if (afterMs !== null) {
      view.clock.schedule(afterMs, () => {
        if (!end()) return
        const tookMs = clock.monotonicMs() - startedMs
        if (result === null) reject(new Error('a fault in the probe'))
        else if (result.status === 'DOWN' && result.category === 'NETWORK_TIMEOUT') resolve(result)
        // A process that stood still finds its own timer due before the answer that lies there unread.
        else if (tookMs > timeoutMs) {
          ran.fault = 'process'
          resolve(timedOut(timeoutMs))
        } else resolve({ ...result, responseTimeMs: tookMs })
      })
    }
    return promise
  }

  #course(
    { monitorId, timeoutMs }: Assignment,
    nowMs: number,
  ): { fault: Fault; result: CheckResult | null; afterMs: number | null } {
    const { random, targets } = this.#parts
    const lot = random.next()
    const latencyMs = 20 + random.next() ** 3 * 300
    if (lot < 0.00005) return { fault: 'process', result: null, afterMs: null } // a probe that never ends
    if (lot < 0.0002) return { fault: 'process', result: null, afterMs: latencyMs } // one that throws
    if (this.outage === 'no route') {
      return { fault: 'network', result: down('no route to the host', 'INFRASTRUCTURE', true), afterMs: 2 }
    }
    if (this.outage === 'black hole') return { fault: 'network', result: timedOut(timeoutMs), afterMs: timeoutMs }
    const stretch = targets.get(monitorId)?.at(nowMs)
    const manner = stretch === undefined || (stretch.regions?.includes(this.code) ?? true) ? stretch?.manner : 'up'
    const fault = manner !== undefined && isOutage(manner) ? 'target' : null
    switch (manner) {
      case 'refused':
        return { fault, result: down('connection refused', 'CONNECTION_REFUSED'), afterMs: 3 }
      case 'error':
        return {
          fault,
          result: { ...down('expected 200, got 500', 'SERVER_ERROR'), statusCode: 500 },
          afterMs: latencyMs,
        }
      case 'hang':
        return { fault, result: timedOut(timeoutMs), afterMs: timeoutMs }
      case 'slow':
        return { fault, result: UP, afterMs: Math.min(timeoutMs - 100, 700 + latencyMs * 3) }
      default:
        return { fault, result: UP, afterMs: latencyMs }
    }
  }
}

const UP: CheckResult = {
  status: 'UP',
  responseTimeMs: null,
  phases: NO_PHASES,
  statusCode: 200,
  error: null,
  category: null,
  localFault: false,
  details: null,
  evidence: null,
}

function down(error: string, category: CheckResult['category'], localFault = false): CheckResult {
  return { ...UP, status: 'DOWN', statusCode: null, error, category, localFault, evidence: { error } }
}

function timedOut(timeoutMs: number): CheckResult {
  return { ...down(`no answer within ${timeoutMs} ms`, 'NETWORK_TIMEOUT'), responseTimeMs: timeoutMs }
}
