import type { Clock, MonitorSettings } from '#domain'
import type { EngineLine } from './protocol.ts'

/** A region is active while its worker was heard within this time. */
const ACTIVE_MS = 60_000

/** A worker at the other end of a line. */
export interface RegionLink {
  region: string
  workerId: string
  line: EngineLine
  /** It sends again what it does not know to be stored, also over a restart of ours: its sequence is kept. */
  resends: boolean
  lastSeenAtMs: number
  /** How late its latest check started, as of its last sign of life; ms. */
  lateMs: number
}

/** The regions that have a worker, and when it was last heard. */
export class Regions {
  readonly #clock: Clock
  readonly #own: string
  readonly #links = new Map<string, RegionLink>()
  readonly #lastSeenAtMs = new Map<string, number>()
  /** When each region was last heard, or had reason not to be: monotonic ms, so that a clock that is set silences none. */
  readonly #heardMs = new Map<string, number>()

  constructor(clock: Clock, own: string) {
    this.#clock = clock
    this.#own = own
  }

  attach(link: RegionLink): void {
    this.#links.set(link.region, link)
    this.#heardMs.set(link.region, this.#clock.monotonicMs())
  }

  /** Forgets the worker, unless another one has taken its place. */
  detach(workerId: string): void {
    for (const link of this.#links.values()) {
      if (link.workerId !== workerId) continue
      this.#links.delete(link.region)
      this.#lastSeenAtMs.set(link.region, link.lastSeenAtMs)
    }
  }

  /** When the last worker of the region, now gone, was heard; null when there was none. */
  lastSeenAtMs(region: string): number | null {
    return this.#links.get(region)?.lastSeenAtMs ?? this.#lastSeenAtMs.get(region) ?? null
  }

  heard(region: string): void {
    const link = this.#links.get(region)
    if (link === undefined) return
    link.lastSeenAtMs = this.#clock.nowMs()
    this.#heardMs.set(region, this.#clock.monotonicMs())
  }

  /** After a start: regions that are known of get time to be heard. */
  presume(codes: Iterable<string>): void {
    for (const code of codes) this.#heardMs.set(code, this.#clock.monotonicMs())
  }

  /** This process stood still for so long: that silence was ours. */
  forgive(ms: number): void {
    const nowMs = this.#clock.monotonicMs()
    for (const [code, heardMs] of this.#heardMs) this.#heardMs.set(code, Math.min(nowMs, heardMs + ms))
  }

  link(region: string): RegionLink | undefined {
    return this.#links.get(region)
  }

  links(): RegionLink[] {
    return [...this.#links.values()]
  }

  isActive(region: string): boolean {
    const heardMs = this.#heardMs.get(region)
    return heardMs !== undefined && this.#clock.monotonicMs() - heardMs <= ACTIVE_MS
  }

  activeCodes(): string[] {
    return [...this.#heardMs.keys()].filter((code) => this.isActive(code)).sort()
  }

  /** The regions that check a monitor now; the server's own when none of those it names has a worker. */
  for(monitor: { settings: Pick<MonitorSettings, 'enabledRegions'> }): string[] {
    const { enabledRegions } = monitor.settings
    const nowMs = this.#clock.monotonicMs()
    const active: string[] = []
    for (const code of enabledRegions ?? this.#heardMs.keys()) {
      const heardMs = this.#heardMs.get(code)
      if (heardMs !== undefined && nowMs - heardMs <= ACTIVE_MS) active.push(code)
    }
    if (active.length === 0) return [this.#own]
    return active.length === 1 ? active : active.sort()
  }
}
