import type { Disturbances, FaultKind } from './disturbances.ts'
import type { Facts } from './facts.ts'
import type { Prng } from './prng.ts'
import type { SimulatedRegion } from './region.ts'
import type { Server } from './server.ts'
import type { StoreWeather } from './store-view.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** After a fault is over, what it did takes so long to die away. */
const AFTERMATH_MS = 5_000

/** Every fault of our own that is known to happen; mean hours between two of each kind. */
const MEAN_HOURS: { readonly [kind in FaultName]: number } = {
  crash: 1.5,
  stall: 1,
  'thread stall': 1.5,
  jump: 4,
  step: 1,
  network: 3,
  line: 2,
  resend: 1,
  worker: 4,
  store: 1,
}
export const FAULT_NAMES = [
  'crash',
  'stall',
  'thread stall',
  'jump',
  'step',
  'network',
  'line',
  'resend',
  'worker',
  'store',
] as const
export type FaultName = (typeof FAULT_NAMES)[number]

export interface FaultParts {
  facts: Facts
  random: Prng
  server: Server
  regions: readonly SimulatedRegion[]
  weather: StoreWeather
  /** The wall clock was set back. */
  onSetBack: (fromMs: number, toMs: number) => void
  only: readonly FaultName[]
}

/** Breaks what is ours at random moments, and notes when it was broken. */
export class Faults {
  readonly #parts: FaultParts
  #isOver = false
  made = 0

  constructor(parts: FaultParts) {
    this.#parts = parts
    for (const name of parts.only) this.#arm(name)
  }

  /** Nothing breaks any more; what is broken heals at its own time. */
  end(): void {
    this.#isOver = true
  }

  #arm(name: FaultName): void {
    const { facts, random } = this.#parts
    const own = random.fork(name)
    const next = () => {
      facts.clock.schedule(own.wait(MEAN_HOURS[name] * HOUR_MS), () => {
        if (this.#isOver) return
        this.made++
        this.#make(name, own)
        next()
      })
    }
    next()
  }

  #make(name: FaultName, random: Prng): void {
    if (name === 'crash') this.#crash(random)
    else if (name === 'stall') this.#stall(random)
    else if (name === 'thread stall') this.#threadStall(random)
    else if (name === 'jump') this.#jump(random)
    else if (name === 'network') this.#network(random)
    else if (name === 'line') this.#line(random)
    else if (name === 'worker') this.#worker(random)
    else if (name === 'store') this.#store(random)
    else if (name === 'resend') for (const region of this.#parts.regions) region.worker?.worker.resend()
    // So small a correction of the clock is ordinary and excuses nothing.
    else {
      this.#setClock(Math.round(random.between(-200, 200)))
    }
  }

  #crash(random: Prng): void {
    const { server, facts, regions } = this.#parts
    if (server.view === null) return
    const lot = random.next()
    const offMs =
      lot < 0.6 ? random.between(300, 5_000) : lot < 0.9 ? random.between(5_000, 120_000) : random.wait(20 * MINUTE_MS)
    server.kill()
    for (const region of regions) {
      // A remote worker goes on, or dies and is started anew.
      if (region.code !== 'local' && random.chance(0.3)) {
        region.kill()
        region.start()
      }
    }
    this.#note('crash', null, offMs)
    facts.clock.schedule(offMs, () => void server.start())
  }

  #stall(random: Prng): void {
    const ms = random.chance(0.6) ? random.between(100, 3_000) : random.between(3_000, 10 * MINUTE_MS)
    this.#note('stall', null, ms)
    this.#parts.facts.clock.stall(ms)
  }

  /** One process stands still, the others go on. */
  #threadStall(random: Prng): void {
    const { server, regions } = this.#parts
    const ms = random.chance(0.6) ? random.between(100, 3_000) : random.between(3_000, 5 * MINUTE_MS)
    const views = [server.view, ...regions.map(({ worker }) => worker?.view ?? null)]
    const view = random.some(views)
    if (view === null || view === undefined) return
    this.#note('stall', null, ms)
    view.stall(ms)
  }

  #jump(random: Prng): void {
    // A clock that is set while the server is off can't be noticed by anyone.
    if (this.#parts.server.engine === null) return
    const size = random.chance(0.5) ? random.between(1_000, 60_000) : random.between(MINUTE_MS, 2 * HOUR_MS)
    const ms = Math.round(random.chance(0.5) ? size : -size)
    // Times that are promised may have to be kept by the old clock once.
    this.#note('jump', null, 2 * MINUTE_MS)
    this.#parts.facts.trace.add('world', `the clock jumps by ${ms} ms`)
    this.#setClock(ms)
  }

  #setClock(byMs: number): void {
    const { facts, onSetBack } = this.#parts
    const fromMs = facts.clock.nowMs()
    facts.clock.jumpWall(byMs)
    if (byMs < 0) onSetBack(fromMs, fromMs + byMs)
  }

  #network(random: Prng): void {
    const { facts, regions } = this.#parts
    const region = random.some(regions)
    if (region === undefined || region.outage !== null) return
    const ms = random.chance(0.4) ? random.between(2_000, 60_000) : random.wait(10 * MINUTE_MS)
    // From elsewhere nobody can ask a control address, so only what looks like ours can be told apart there.
    region.outage = region.code === 'local' && random.chance(0.5) ? 'black hole' : 'no route'
    this.#note('network', region.code, ms)
    facts.clock.schedule(ms, () => {
      region.outage = null
      facts.trace.add('world', `the network of ${region.code} is back`)
    })
  }

  #line(random: Prng): void {
    const region = random.some(this.#parts.regions)
    if (region?.connection == null) return
    const ms = random.chance(0.5) ? random.between(500, 50_000) : random.wait(10 * MINUTE_MS)
    this.#note('line', region.code, ms)
    region.connection.hold(ms)
  }

  #worker(random: Prng): void {
    const { server, regions, facts } = this.#parts
    const region = random.some(regions)
    if (region === undefined || server.engine === null || region.worker === null) return
    const offMs = random.chance(0.7) ? random.between(500, 20_000) : random.wait(5 * MINUTE_MS)
    this.#note('worker', region.code, offMs)
    const { view } = server
    region.kill()
    facts.clock.schedule(offMs, () => {
      if (region.worker !== null) return
      if (region.code === 'local' && server.view !== view) return // the new server has made its own
      region.start()
      void server.attach(region)
    })
  }

  #store(random: Prng): void {
    const { weather, facts } = this.#parts
    if (weather.failsWith !== null) return
    const ms = random.chance(0.6) ? random.between(20, 3_000) : random.wait(3 * MINUTE_MS)
    weather.failsWith = random.pick(['busy', 'full'])
    weather.readsFail = random.chance(0.3)
    weather.slowMs = random.pick([5, 5, 50, 500])
    this.#note('store', null, ms)
    facts.clock.schedule(ms, () => {
      weather.failsWith = null
      weather.slowMs = 5
      facts.trace.add('world', 'the store is well again')
    })
  }

  #note(kind: FaultKind, region: string | null, ms: number): void {
    const { facts } = this.#parts
    const nowMs = facts.clock.monotonicMs()
    const disturbances: Disturbances = facts.disturbances
    disturbances.add(kind, region, nowMs, nowMs + ms + AFTERMATH_MS)
    facts.trace.add('world', `fault: ${kind} ${region ?? ''} for ${Math.round(ms)} ms`)
  }
}
