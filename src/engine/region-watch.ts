import type { Clock, Timer } from '#domain'
import type { Regions } from './regions.ts'

const LOOK_MS = 1_000

/** Notices when regions fall silent or are heard again, since then others must check in their place, or need no more. */
export class RegionWatch {
  readonly #clock: Clock
  readonly #regions: Regions
  readonly #beforeLook: () => void
  readonly #onChange: () => void
  #timer: Timer | null = null
  #active = ''

  /** `beforeLook`: finds out whether the silence is ours. */
  constructor(
    clock: Clock,
    regions: Regions,
    { beforeLook, onChange }: { beforeLook: () => void; onChange: () => void },
  ) {
    this.#clock = clock
    this.#regions = regions
    this.#beforeLook = beforeLook
    this.#onChange = onChange
  }

  start(): void {
    this.#active = this.#regions.activeCodes().join(' ')
    this.#arm()
  }

  stop(): void {
    this.#timer?.cancel()
  }

  #arm(): void {
    this.#timer = this.#clock.schedule(LOOK_MS, () => {
      this.#beforeLook()
      const active = this.#regions.activeCodes().join(' ')
      if (active !== this.#active) {
        this.#active = active
        this.#onChange()
      }
      this.#arm()
    })
  }
}
