import type { Clock, Monitor } from '#domain'
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

  constructor(clock: Clock, own: string) {
    this.#clock = clock
    this.#own = own
  }

  attach(link: RegionLink): void {
    this.#links.set(link.region, link)
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
    if (link !== undefined) link.lastSeenAtMs = this.#clock.nowMs()
  }

  link(region: string): RegionLink | undefined {
    return this.#links.get(region)
  }

  links(): RegionLink[] {
    return [...this.#links.values()]
  }

  isActive(region: string): boolean {
    const link = this.#links.get(region)
    return link !== undefined && this.#clock.nowMs() - link.lastSeenAtMs <= ACTIVE_MS
  }

  activeCodes(): string[] {
    return [...this.#links.keys()].filter((code) => this.isActive(code)).sort()
  }

  /** The regions that check a monitor now; the server's own when none of those it names has a worker. */
  for(monitor: Pick<Monitor, 'settings'>): string[] {
    const { enabledRegions } = monitor.settings
    const codes = enabledRegions ?? [...this.#links.keys()]
    const active = codes.filter((code) => this.isActive(code))
    return active.length > 0 ? active.sort() : [this.#own]
  }
}
