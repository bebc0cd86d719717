import { type Clock, type Monitor, PLAN_LIMITS, type Timer } from '#domain'
import type { AccountRepository } from '#storage'
import type { Log } from './log.ts'

/** How often plans are looked up: the command line changes them while the server runs. */
const LOOK_MS = 15_000

interface PlanWatchDeps {
  accounts: Pick<AccountRepository, 'list'>
  clock: Clock
  log: Log
  /** The shortest interval of these accounts is another one now. */
  onChange(accountIds: ReadonlySet<string>): void
}

/** On a smaller plan monitors keep what is configured, and are checked no oftener than the plan gives. */
export class PlanWatch {
  readonly #deps: PlanWatchDeps
  #shortestMs: ReadonlyMap<string, number> = new Map()
  #timer: Timer | null = null
  #looking: Promise<void> | null = null

  constructor(deps: PlanWatchDeps) {
    this.#deps = deps
  }

  async load(): Promise<void> {
    const accounts = await this.#deps.accounts.list()
    this.#shortestMs = new Map(accounts.map(({ id, plan }) => [id, PLAN_LIMITS[plan].shortestIntervalS * 1_000]))
  }

  start(): void {
    this.#timer = this.#deps.clock.schedule(LOOK_MS, () => {
      this.#looking = this.#look().finally(() => {
        this.#looking = null
        if (this.#timer !== null) this.start()
      })
    })
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    this.#timer = null
    await this.#looking
  }

  /** The monitor as it is watched. A job is told, not checked: how often it runs is its own affair. */
  underPlan(monitor: Monitor): Monitor {
    const shortestMs = this.#shortestMs.get(monitor.accountId)
    if (shortestMs === undefined || monitor.settings.intervalMs >= shortestMs || monitor.type === 'CRON') return monitor
    return { ...monitor, settings: { ...monitor.settings, intervalMs: shortestMs } }
  }

  async #look(): Promise<void> {
    const before = this.#shortestMs
    try {
      await this.load()
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the plans of the accounts could not be looked up')
      return
    }
    const changed = [...this.#shortestMs].filter(([id, ms]) => ms !== (before.get(id) ?? 0)).map(([id]) => id)
    if (changed.length > 0) this.#deps.onChange(new Set(changed))
  }
}
