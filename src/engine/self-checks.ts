import type { CheckReport, Clock } from '#domain'
import { type AskControl, SelfCheck } from './self-check.ts'

/** A self-check for each region that reports. */
export class SelfChecks {
  readonly #clock: Clock
  readonly #ownRegion: string
  readonly #askControl: AskControl | null
  readonly #byRegion = new Map<string, SelfCheck>()

  constructor(clock: Clock, { ownRegion, askControl }: { ownRegion: string; askControl: AskControl | null }) {
    this.#clock = clock
    this.#ownRegion = ownRegion
    this.#askControl = askControl
  }

  /** The reports in their order, each as its own region's self-check sees it. */
  screen(reports: CheckReport[]): CheckReport[] | Promise<CheckReport[]> {
    const codes = new Set(reports.map(({ region }) => region))
    const [only] = codes
    if (only === undefined) return reports
    return codes.size === 1 ? this.#of(only).screen(reports) : this.#screenApart(reports, codes)
  }

  clockWasSet(): void {
    for (const selfCheck of this.#byRegion.values()) selfCheck.clockWasSet()
  }

  forget(monitorId: string): void {
    for (const selfCheck of this.#byRegion.values()) selfCheck.forget(monitorId)
  }

  async #screenApart(reports: CheckReport[], codes: Set<string>): Promise<CheckReport[]> {
    const screened = new Map<CheckReport, CheckReport>()
    for (const code of codes) {
      const own = reports.filter(({ region }) => region === code)
      const answers = await this.#of(code).screen(own)
      for (const [index, report] of own.entries()) screened.set(report, answers[index] ?? report)
    }
    return reports.map((report) => screened.get(report) ?? report)
  }

  #of(region: string): SelfCheck {
    const known = this.#byRegion.get(region)
    if (known !== undefined) return known
    // The control address is reached from here, so it can only speak for the region that is here.
    const made = new SelfCheck(this.#clock, region === this.#ownRegion ? this.#askControl : null)
    this.#byRegion.set(region, made)
    return made
  }
}
