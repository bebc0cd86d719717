import { isWatched, type Monitor } from '#domain'
import type { Facts } from '../facts.ts'
import type { Committed, Mirror } from '../mirror.ts'
import type { TruthOfChecks } from '../truth-of-checks.ts'

/** A check is over this long after its timeout: the worker's own guard looks once a second. */
const OVERRUN_MS = 2_600
/** Between two checks at most one interval and this, beside what the check before took. */
const GAP_SLACK_MS = 1_000
/** A change that was acknowledged has reached every worker by then. */
const HEARD_MS = 3_000
const SECOND_MS = 1_000
const SWEEP_MS = 7_000

interface Region {
  isAttachedSinceMs: number | null
  startsMs: number[]
  /**
   * Until when no check can be missing, by monitor, as long as that is not changed: what it hangs on only moves on, so
   * that nothing need be worked out before.
   */
  calm: Map<string, { untilMs: number; monitor: Monitor }>
}

/** What is known of a phase. */
interface Phase {
  region: string
  intervalMs: number
  lastMs: number
  residue: number | null
  inRow: number
}

/** Invariants 1, 2 and 9 where checks start: on time, one at a time, only what is to be checked, and no burst. */
export class CheckRules {
  readonly #facts: Facts
  readonly #mirror: Mirror
  readonly #truth: TruthOfChecks
  /** Running checks of each worker, by monitor. */
  readonly #running = new Map<string, Map<string, number>>()
  readonly #regions = new Map<string, Region>()
  /** By monitor; each has a few. */
  readonly #phases = new Map<string, Phase[]>()
  checks = 0

  constructor(facts: Facts, mirror: Mirror, truth: TruthOfChecks) {
    this.#facts = facts
    this.#mirror = mirror
    this.#truth = truth
    facts.clock.schedule(SWEEP_MS, () => this.#sweep())
  }

  /** A region's worker is let in (or gone: null). */
  attached(region: string, isAttached: boolean): void {
    const isAttachedSinceMs = isAttached ? this.#facts.clock.monotonicMs() : null
    this.#regions.set(region, { isAttachedSinceMs, startsMs: [], calm: new Map() })
  }

  /** Monotonic ms since when a region has had this worker; null without one. */
  attachedSinceMs(region: string): number | null {
    return this.#regions.get(region)?.isAttachedSinceMs ?? null
  }

  /** A check starts at its target. Answers what to call at its end. */
  started(worker: string, region: string, monitorId: string, version: number, timeoutMs: number): () => void {
    const { clock, violate, disturbances, trace } = this.#facts
    const nowMs = clock.monotonicMs()
    this.checks++
    trace.count(monitorId, `check in ${region} version ${version}`)
    const atOnce = this.#running.get(worker) ?? new Map<string, number>()
    if (atOnce.size === 0) this.#running.set(worker, atOnce)
    const running = (atOnce.get(monitorId) ?? 0) + 1
    atOnce.set(monitorId, running)
    if (running > 1) violate('2', monitorId, `${running} checks run at once in ${region}`)
    this.#checkBurst(region, nowMs)

    const entry = this.#mirror.get(monitorId)
    const changedMs = entry?.atChangedMs ?? this.#mirror.gone.get(monitorId) ?? nowMs
    const isOld = entry === undefined || !isWatched(entry.monitor) || version < entry.monitor.version
    const knownMs = Math.max(changedMs, this.attachedSinceMs(region) ?? nowMs)
    if (isOld && nowMs - knownMs > HEARD_MS && disturbances.isCalm(knownMs, nowMs, { region })) {
      violate(
        '9',
        monitorId,
        `version ${version} is checked in ${region} ${Math.round(nowMs - knownMs)} ms after it was changed`,
      )
    }
    if (entry !== undefined) this.#checkGap(entry, region, nowMs)

    return () => {
      atOnce.set(monitorId, (atOnce.get(monitorId) ?? 1) - 1)
      const tookMs = clock.monotonicMs() - nowMs
      if (tookMs > timeoutMs + OVERRUN_MS && disturbances.isCalm(nowMs, clock.monotonicMs())) {
        violate('2', monitorId, `a check in ${region} took ${tookMs} ms with a timeout of ${timeoutMs} ms`)
      }
    }
  }

  /** A planned result was committed: its time must be the monitor's own phase, once that is known. */
  planned(monitorId: string, region: string, intervalMs: number, scheduledAtMs: number): void {
    const residue = ((scheduledAtMs % intervalMs) + intervalMs) % intervalMs
    const known = this.#phaseOf(monitorId, region, intervalMs)
    const nowMs = this.#facts.clock.monotonicMs()
    if (known.residue === null) {
      // Three in a row, a whole number of intervals apart, can't be first or catch-up checks.
      const isInRow = scheduledAtMs > known.lastMs && (scheduledAtMs - known.lastMs) % intervalMs === 0
      known.inRow = isInRow ? known.inRow + 1 : 0
      if (known.inRow === 2) known.residue = residue
    } else if (residue !== known.residue) {
      // A catch-up or first check stands beside the phase, but only where something was begun anew.
      const entry = this.#mirror.get(monitorId)
      const anewMs = Math.max(entry?.atChangedMs ?? nowMs, this.attachedSinceMs(region) ?? nowMs)
      const fromMs = nowMs - 2 * intervalMs - 60_000
      if (anewMs < fromMs && this.#facts.disturbances.isCalm(fromMs, nowMs)) {
        this.#facts.violate(
          '1',
          monitorId,
          `a planned check in ${region} is ${residue - known.residue} ms beside its phase`,
        )
      }
    }
    known.lastMs = scheduledAtMs
  }

  #phaseOf(monitorId: string, region: string, intervalMs: number): Phase {
    const phases = this.#phases.get(monitorId)
    const known = phases?.find((phase) => phase.intervalMs === intervalMs && phase.region === region)
    if (known !== undefined) return known
    const made: Phase = { region, intervalMs, lastMs: Number.NaN, residue: null, inRow: 0 }
    if (phases === undefined) this.#phases.set(monitorId, [made])
    else phases.push(made)
    return made
  }

  #checkBurst(region: string, nowMs: number): void {
    const state = this.#regions.get(region)
    if (state === undefined || state.isAttachedSinceMs === null) return
    const { startsMs } = state
    startsMs.push(nowMs)
    while ((startsMs[0] ?? nowMs) <= nowMs - SECOND_MS) startsMs.shift()
    let perSecond = 0
    let inDoubt = 0
    let isNew = 0
    for (const { monitor, rows, atChangedMs } of this.#mirror.monitors.values()) {
      if (startsMs.length <= 20) break
      if (isWatched(monitor) && monitor.type !== 'CRON') perSecond += SECOND_MS / monitor.settings.intervalMs
      if ([...rows.values()].some((row) => row.failures > 0)) inDoubt++
      if (nowMs - atChangedMs < 60_000) isNew++
    }
    // What waited for a line or the store comes at once, and asks for a re-check of whatever failed in it.
    if (!this.#facts.disturbances.isCalm(nowMs - 60_000, nowMs)) inDoubt = this.#mirror.monitors.size
    // Planned and catch-up checks at the monitors' own rate each, what is in doubt, what is new, and chance.
    const most = 30 + 3 * perSecond + inDoubt + isNew
    if (startsMs.length > most) {
      this.#facts.violate(
        '1',
        'world',
        `${startsMs.length} checks started within a second in ${region} (at most ${Math.round(most)})`,
      )
    }
  }

  #checkGap(entry: Committed, region: string, nowMs: number): void {
    const { monitor } = entry
    const calm = this.#regions.get(region)?.calm
    if (calm === undefined || isCalm(calm, monitor, nowMs)) return
    const sinceMs = this.#dueSinceMs(entry, region)
    if (sinceMs === null) return
    const { intervalMs, timeoutMs } = monitor.settings
    // A check that has not ended by the next one's time takes its place.
    const mostMs = intervalMs + Math.max(timeoutMs, timeoutMs + OVERRUN_MS > intervalMs ? intervalMs : 0) + GAP_SLACK_MS
    calm.set(monitor.id, { untilMs: sinceMs + mostMs, monitor })
    if (nowMs - sinceMs <= mostMs) return
    // A catch-up check may stand for a planned one that follows within a quarter of the interval.
    const isAfterFault = !this.#facts.disturbances.isCalm(sinceMs - intervalMs, nowMs, { region })
    if (isAfterFault && nowMs - sinceMs <= mostMs + intervalMs / 4) return
    if (!this.#facts.disturbances.isCalm(sinceMs - 5_000, nowMs, { region })) return
    this.#facts.violate(
      '1',
      monitor.id,
      `not checked in ${region} for ${Math.round(nowMs - sinceMs)} ms (interval ${intervalMs} ms)`,
    )
  }

  /** From when the next check must come within one interval; null while none is owed. */
  #dueSinceMs(entry: Committed, region: string): number | null {
    const { monitor, atWatchedMs, atChangedMs } = entry
    const attachedMs = this.attachedSinceMs(region)
    if (attachedMs === null || atWatchedMs === null || monitor.type === 'CRON') return null
    const { enabledRegions } = monitor.settings
    if (enabledRegions !== null && !enabledRegions.includes(region)) return null
    const lastMs = this.#truth.lastStartMs(monitor.id, region)
    return Math.max(atWatchedMs, atChangedMs, attachedMs, lastMs)
  }

  #sweep(): void {
    const { clock } = this.#facts
    const nowMs = clock.monotonicMs()
    for (const [region, { calm }] of this.#regions) {
      for (const entry of this.#mirror.monitors.values()) {
        if (!isCalm(calm, entry.monitor, nowMs)) this.#checkGap(entry, region, nowMs)
      }
    }
    clock.schedule(SWEEP_MS, () => this.#sweep())
  }
}

function isCalm(calm: Region['calm'], monitor: Monitor, nowMs: number): boolean {
  if (monitor.type === 'CRON') return true
  const known = calm.get(monitor.id)
  return known !== undefined && known.monitor === monitor && nowMs <= known.untilMs
}
