import { idSource } from '#domain'
import { type Engine, type SimulatedClock, startEngine } from '#engine'
import type { EngineBatch, Store } from '#storage'
import type { Facts } from './facts.ts'
import type { Prng } from './prng.ts'
import { type ProcessView, processView } from './process-view.ts'
import type { Receivers } from './receiver.ts'
import type { SimulatedRegion } from './region.ts'
import type { CheckRules } from './rules/check-rules.ts'
import { type StoreWeather, type StoreWitness, storeView } from './store-view.ts'

const OWN = 'local'
/** How long a supervisor waits before it starts a server again that did not come up. */
const TRY_AGAIN_MS = 2_000
/** Checks that were overdue go on within this of a start. */
const RESUME_MS = 1_000

export interface ServerParts {
  facts: Facts
  clock: SimulatedClock
  random: Prng
  real: Store
  weather: StoreWeather
  witness: StoreWitness
  receivers: Receivers
  regions: readonly SimulatedRegion[]
  rules: CheckRules
  damage?: (batch: EngineBatch) => EngineBatch
  onStart: () => void
  /** Damage that a test does: the control address seems to answer always. */
  isTrusting: boolean
  /** Whether a check was due in every region while the server was off. */
  isOverdue: (offSinceMs: number) => boolean
}

/** The server's process over its lives: started, killed at any instant, started again on the same store. */
export class Server {
  readonly #parts: ServerParts
  #starts = 0
  #diedAtMs: number | null = null
  view: ProcessView | null = null
  engine: Engine | null = null
  store: Store | null = null
  crashes = 0

  constructor(parts: ServerParts) {
    this.#parts = parts
  }

  /** Starts until it runs; resolves when it does, or was killed meanwhile. */
  async start(): Promise<void> {
    const { clock, random, facts } = this.#parts
    const view = processView(clock, random.fork(`process ${this.#starts++}`))
    this.view = view
    const store = storeView({ ...this.#parts, view, random: random.fork(`store ${this.#starts}`) })
    try {
      const engine = await startEngine({
        store,
        clock: view.clock,
        newId: idSource((size) => Uint8Array.from({ length: size }, () => random.int(0, 255))),
        random: random.next,
        log: this.#log(),
        ownRegion: OWN,
        http: this.#parts.receivers.http(view),
        askControl: () => this.#askControl(view),
        allowPrivateTargets: true,
      })
      if (this.view !== view) return
      this.engine = engine
      this.#parts.onStart()
      this.store = store
      facts.trace.add('world', 'the server runs')
      for (const region of this.#parts.regions) {
        if (region.code === OWN) region.start()
        await this.attach(region)
      }
      this.#expectResumption()
    } catch (error) {
      if (this.view !== view) return
      facts.trace.add('world', `the server did not start: ${String(error)}`)
      this.stop()
      clock.schedule(TRY_AGAIN_MS, () => {
        if (this.view === null) void this.start()
      })
    }
  }

  /** Lets a region's worker in, which may be the one that the server before knew. */
  async attach(region: SimulatedRegion): Promise<void> {
    const { engine, view } = this
    const { worker, code } = region
    if (engine === null || view === null || worker === null) return
    region.connection?.sever()
    const connection = worker.port.connect(view)
    region.connection = connection
    try {
      await engine.attachWorker({ region: code, workerId: worker.id, line: connection.engine, resends: code !== OWN })
    } catch {
      // The store fails: the worker tries again, as it would over a network.
      this.#parts.clock.schedule(TRY_AGAIN_MS, () => {
        if (this.view === view && region.connection === connection) void this.attach(region)
      })
      return
    }
    if (this.view !== view || region.connection !== connection) return
    this.#parts.rules.attached(code, true)
    worker.worker.resend()
  }

  /** Kills it: from this instant nothing of it happens any more. */
  kill(): void {
    this.crashes++
    this.#parts.facts.trace.add('world', 'the server is killed')
    this.stop()
  }

  private stop(): void {
    const { clock, regions } = this.#parts
    this.#diedAtMs ??= clock.nowMs()
    this.view?.kill()
    this.view = null
    this.engine = null
    this.store = null
    for (const region of regions) {
      if (region.code === OWN) region.kill()
      else region.disconnect()
    }
  }

  async #askControl(view: ProcessView): Promise<boolean> {
    const own = this.#parts.regions.find(({ code }) => code === OWN)
    await new Promise<void>((resolve) => view.clock.schedule(own?.outage === 'black hole' ? 1_000 : 20, resolve))
    return own?.outage === null || this.#parts.isTrusting
  }

  #expectResumption(): void {
    const { clock, rules, facts, isOverdue } = this.#parts
    const diedAtMs = this.#diedAtMs
    this.#diedAtMs = null
    if (diedAtMs === null || !isOverdue(diedAtMs)) return
    const { checks } = rules
    const { view } = this
    const sinceMs = clock.monotonicMs()
    clock.schedule(RESUME_MS, () => {
      if (this.view !== view || rules.checks > checks) return
      if (
        !facts.disturbances.isCalm(sinceMs, clock.monotonicMs(), {
          kinds: ['stall', 'store', 'jump', 'worker', 'line'],
        })
      )
        return
      facts.violate('8', 'world', 'no overdue check started within a second of the start')
    })
  }

  #log() {
    const { trace } = this.#parts.facts
    const write = (level: string) => (facts: object, message: string) => {
      const err = 'err' in facts && facts.err instanceof Error ? `: ${facts.err.message}` : ''
      const line = `[${level}] ${message}${err}`
      // Said every few seconds while the store fails: it would push all else out of what is kept.
      if (message.startsWith('housekeeping')) trace.count('world', line)
      else trace.add('world', line)
    }
    return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') }
  }
}
