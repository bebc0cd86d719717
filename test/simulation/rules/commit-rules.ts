import { type CheckReport, type Incident, isWatched, type Monitor } from '#domain'
import type { EngineBatch } from '#storage'
import type { Facts } from '../facts.ts'
import { type Committed, countIn, goesOnByHand, type Mirror, type Row, regionsNeeded } from '../mirror.ts'
import { Times } from '../times.ts'
import type { Fault, TruthOfChecks } from '../truth-of-checks.ts'
import { checkSpans } from './span-rules.ts'

/** A recheck may be so late beside its own delay: travel both ways, a busy store, gathering. */
const RECHECK_SLACK_MS = 1_500
/** With fewer monitors failing than this, "most of them" is no sign of a fault of ours. */
const LEAST_STRUCK = 3
const ASKED_WITHIN_MS = 10_000
const UNSURE_MS = 3_600_000

/** A monitor that this batch may change, with what held at some moment of it. */
interface Touched {
  entry: Committed
  /** Its state, spans or incidents are written, not only results. */
  isChanged: boolean
  wasConfirmed: boolean
  wasOver: boolean
  /** In maintenance, where what is found waits for its end. */
  wasCovered: boolean
}

/** Recounts every commit from nothing but the rules as people read them: invariants 3, 4, 5, 6, 7 (checks) and 9. */
export class CommitRules {
  readonly #facts: Facts
  readonly #mirror: Mirror
  readonly #truth: TruthOfChecks
  /** Regions of each monitor of the batch that is being written, as they were when it was decided. */
  #regions = new Map<string, string[]>()
  /** Monitors by region that failed since its network went away, and had not been failing before. */
  readonly #struck = new Map<string, Set<string>>()
  results = 0
  opened = 0

  constructor(facts: Facts, mirror: Mirror, truth: TruthOfChecks) {
    this.#facts = facts
    this.#mirror = mirror
    this.#truth = truth
  }

  /** A batch was decided on and goes to the store. */
  committing(batch: EngineBatch): void {
    this.#regions = new Map()
    const note = (monitor: Monitor | undefined) => {
      if (monitor === undefined || this.#regions.has(monitor.id)) return
      this.#regions.set(monitor.id, this.#facts.regionsFor(monitor))
    }
    for (const monitor of batch.monitors.changed) note(monitor)
    for (const { monitorId } of batch.results) note(this.#mirror.get(monitorId)?.monitor)
    for (const { monitorId } of batch.states) note(this.#mirror.get(monitorId)?.monitor)
  }

  /** It is in the store. */
  committed(batch: EngineBatch): void {
    const atMs = this.#facts.clock.monotonicMs()
    const touched = new Map<string, Touched>()
    const touch = (monitorId: string): Touched | undefined => {
      const entry = this.#mirror.get(monitorId)
      if (entry === undefined) return undefined
      const known = touched.get(monitorId)
      if (known !== undefined) return known
      const wasCovered = entry.state?.status === 'MAINTENANCE'
      const wasConfirmed = this.#isConfirmed(entry, batch.atMs)
      const made = { entry, isChanged: false, wasConfirmed, wasOver: false, wasCovered }
      touched.set(monitorId, made)
      return made
    }
    for (const monitor of batch.monitors.created) this.#mirror.create(monitor, atMs)
    const changes = new Map(batch.monitors.changed.map((monitor) => [monitor.id, monitor]))
    const older = (report: CheckReport) => {
      const change = changes.get(report.monitorId)
      return change !== undefined && report.version < change.version
    }
    for (const report of batch.results) if (older(report)) this.#takeResult(touch(report.monitorId), report, batch)
    for (const monitor of changes.values()) {
      const { entry } = touch(monitor.id) ?? {}
      if (entry === undefined) continue
      if (monitor.version <= entry.monitor.version) {
        this.#facts.violate('9', monitor.id, `version ${monitor.version} committed after ${entry.monitor.version}`)
      }
      this.#facts.trace.add(monitor.id, `version ${monitor.version} ${isWatched(monitor) ? 'watched' : 'not watched'}`)
      this.#mirror.change(entry, monitor, atMs, this.#regions.get(monitor.id) ?? [])
    }
    for (const report of batch.results) if (!older(report)) this.#takeResult(touch(report.monitorId), report, batch)
    for (const beat of batch.heartbeats) {
      const entry = this.#mirror.get(beat.monitorId)
      if (entry !== undefined) entry.beats++
    }
    for (const { monitorId, state } of batch.states) {
      const found = touch(monitorId)
      if (found === undefined) continue
      found.isChanged = true
      found.entry.firstSpanMs ??= state.span.fromMs
      found.entry.state = state
    }
    for (const incident of batch.incidents.changed) {
      if (incident.monitorId !== null) this.#takeChange(touch(incident.monitorId), incident, incident.monitorId, batch)
      else this.#expectEvent(batch, incident, incident.resolvedAtMs === null ? 'incident.updated' : 'incident.resolved')
    }
    for (const incident of batch.incidents.opened) {
      if (incident.monitorId !== null) this.#takeOpening(touch(incident.monitorId), incident, incident.monitorId, batch)
      else this.#expectEvent(batch, incident, 'incident.created')
    }
    for (const span of batch.spans.ended) {
      const found = touch(span.monitorId)
      if (found === undefined) continue
      found.isChanged = true
      found.entry.ended.push(span)
    }
    for (const { entry, isChanged } of touched.values()) {
      if (!isChanged) continue
      checkSpans(this.#facts, entry)
      if (!batch.monitors.deleted.includes(entry.monitor.id)) this.#checkStatus(entry)
    }
    for (const id of batch.monitors.deleted) {
      const entry = this.#mirror.get(id)
      if (entry?.open) this.#facts.violate('6', id, `deleted with incident ${entry.open.id} open`)
      this.#mirror.monitors.delete(id)
      this.#mirror.gone.set(id, atMs)
      this.#facts.trace.add(id, 'deleted')
    }
  }

  #takeResult(touched: Touched | undefined, report: CheckReport, batch: EngineBatch): void {
    const { violate, trace } = this.#facts
    const { monitorId, region, scheduledAtMs, kind, result, version } = report
    if (touched === undefined) {
      violate('9', monitorId, 'a result of a monitor that is not there was committed')
      return
    }
    const { entry } = touched
    this.results++
    if (result.status !== 'UP') {
      trace.add(
        monitorId,
        `${region} ${kind} ${new Date(scheduledAtMs).toISOString()} ${result.status} ${result.error}`,
      )
    }
    if (version !== entry.monitor.version || !isWatched(entry.monitor)) {
      violate('9', monitorId, `a result of version ${version} was committed at version ${entry.monitor.version}`)
    }
    let scheduled = entry.scheduled.get(region)
    if (scheduled === undefined) {
      scheduled = new Times()
      entry.scheduled.set(region, scheduled)
    }
    if (!scheduled.add(scheduledAtMs) && !this.#mirror.isRepeated(scheduledAtMs)) {
      violate('3', monitorId, `two results of ${region} at ${new Date(scheduledAtMs).toISOString()} were committed`)
    }
    if (this.#mirror.isRepeated(scheduledAtMs)) entry.atUnsureMs = this.#facts.clock.monotonicMs()
    const truth = this.#truth.take(report)
    if (truth?.fault === 'network' && entry.rows.get(region)?.isDown !== true) {
      const struck = this.#struck.get(region) ?? new Set()
      this.#struck.set(region, struck.add(monitorId))
    }
    if (this.#isOfEndedMaintenance(entry, report, batch)) {
      const row = entry.rows.get(region)
      if (row !== undefined) row.newestMs = scheduledAtMs
      return
    }
    if (!countIn(entry, report, this.#faultOf(truth, entry, region), batch.atMs)) return
    if (this.#isConfirmed(entry, batch.atMs)) touched.wasConfirmed = true
    if (entry.open !== null && this.#isOver(entry)) touched.wasOver = true
    if (this.#isOver(entry)) entry.isOver = true
    else if (this.#isDownByRows(entry)) entry.isOver = false
    this.#expectRecheck(entry, report, truth?.atMs ?? this.#facts.clock.monotonicMs())
  }

  /**
   * What can be known of a fault when it is decided on. A network is shown by most of the monitors of the region, and by
   * a control address that is asked in time.
   */
  #faultOf(truth: { fault: Fault; atMs: number } | null, { monitor }: Committed, region: string): Fault {
    if (truth?.fault !== 'network') return truth?.fault ?? null
    const agoMs = this.#facts.clock.monotonicMs() - truth.atMs
    if (agoMs > monitor.settings.timeoutMs + ASKED_WITHIN_MS) return 'unclear'
    const struck = this.#struck.get(region)?.size ?? 0
    if (struck < LEAST_STRUCK) return 'unclear'
    let all = 0
    for (const { monitor: one } of this.#mirror.monitors.values()) {
      if (one.type !== 'CRON' && isWatched(one) && this.#facts.regionsFor(one).includes(region)) all++
    }
    return struck * 2 > all ? 'network' : 'unclear'
  }

  /** What failed in maintenance and arrives after its end says nothing. */
  #isOfEndedMaintenance({ state }: Committed, { monitorId, result, startedAtMs }: CheckReport, batch: EngineBatch) {
    const newest = batch.states.find((saved) => saved.monitorId === monitorId)?.state ?? state
    const ended = newest?.lastMaintenance ?? null
    const isWellOrBlind = result.status === 'UP' || result.status === 'UNKNOWN'
    if (isWellOrBlind || ended === null || ended.toMs > batch.atMs || newest?.status === 'MAINTENANCE') return false
    return startedAtMs >= ended.fromMs && startedAtMs < ended.toMs
  }

  /** Enough regions say DOWN, however long ago. */
  #isDownByRows(entry: Committed): boolean {
    return this.#downRegions(entry, null).length >= regionsNeeded(entry.monitor.settings, this.#codes(entry).length)
  }

  /** Which of two checks is newer can't be told for a while after the wall clock has shown one time twice. */
  #isSure({ atUnsureMs }: Committed): boolean {
    return this.#facts.clock.monotonicMs() - atUnsureMs > UNSURE_MS
  }

  /** Enough regions have seen enough failures in a row. */
  #isConfirmed(entry: Committed, nowMs: number): boolean {
    const down = this.#downRegions(entry, nowMs)
    if (down.length === 0) return false
    return down.length >= regionsNeeded(entry.monitor.settings, this.#codes(entry).length)
  }

  #codes(entry: Committed): string[] {
    return this.#regions.get(entry.monitor.id) ?? this.#facts.regionsFor(entry.monitor)
  }

  /** A region that has not looked for three intervals has no say, unless `nowMs` is null. */
  #downRegions(entry: Committed, nowMs: number | null): string[] {
    const { intervalMs, timeoutMs } = entry.monitor.settings
    const codes: string[] = []
    for (const [code, { isDown, newestMs }] of entry.rows) {
      if (isDown && (nowMs === null || newestMs >= nowMs - 3 * intervalMs - timeoutMs)) codes.push(code)
    }
    return codes
  }

  #takeOpening(touched: Touched | undefined, incident: Incident, monitorId: string, batch: EngineBatch): void {
    const { violate, trace } = this.#facts
    this.opened++
    trace.add(monitorId, `incident ${incident.id} opens: ${incident.rootCause}`)
    if (touched === undefined) {
      violate('9', monitorId, 'an incident opened for a monitor that is not there')
      return
    }
    const { entry } = touched
    touched.isChanged = true
    if (entry.open !== null) violate('6', monitorId, `incident ${incident.id} opened while ${entry.open.id} is open`)
    entry.incidents.push(incident)
    entry.open = incident.resolvedAtMs === null ? incident : null
    this.#expectEvent(batch, incident, 'incident.created')
    if (!batch.states.some((saved) => saved.monitorId === monitorId) && !batch.monitors.deleted.includes(monitorId)) {
      violate('6', monitorId, `incident ${incident.id} opened without a change of state in the same commit`)
    }
    if (entry.monitor.type === 'CRON') return
    const wasHeld = touched.wasCovered && this.#isDownByRows(entry)
    if (!touched.wasConfirmed && !wasHeld && this.#isSure(entry)) {
      violate('5', monitorId, `an incident opened without enough failures in a row: ${rowsOf(entry)}`)
    }
    const down = this.#downRegions(entry, batch.atMs)
    const honest = down.filter((code) => {
      const row = entry.rows.get(code)
      return row?.faults.every((fault) => fault === 'target' || fault === 'unclear')
    })
    if (honest.length === down.length) return
    if (honest.length < regionsNeeded(entry.monitor.settings, this.#codes(entry).length)) {
      violate('7', monitorId, `an incident opened on failures that were ours: ${rowsOf(entry)}`)
    }
  }

  #takeChange(touched: Touched | undefined, incident: Incident, monitorId: string, batch: EngineBatch): void {
    const { violate, trace } = this.#facts
    if (touched === undefined) return
    const { entry } = touched
    touched.isChanged = true
    const index = entry.incidents.findIndex(({ id }) => id === incident.id)
    const before = entry.incidents[index]
    if (before !== undefined) this.#checkHand(before, incident, monitorId)
    if (index < 0) violate('8', monitorId, `incident ${incident.id} changed but was never opened`)
    else entry.incidents[index] = incident
    if (incident.resolvedAtMs === null) {
      if (entry.open?.id === incident.id) entry.open = incident
      return
    }
    // People may still say more of one that is over.
    if (before !== undefined && before.resolvedAtMs !== null) return
    trace.add(monitorId, `incident ${incident.id} resolves: ${incident.resolution}`)
    if (entry.open?.id !== incident.id) violate('6', monitorId, `incident ${incident.id} resolved twice`)
    entry.open = null
    this.#expectEvent(batch, incident, 'incident.resolved')
    if (incident.resolution !== 'recovered' || entry.monitor.type === 'CRON') return
    const wasHeld = touched.wasCovered && entry.isOver
    if (!touched.wasOver && !wasHeld && !this.#isOver(entry)) {
      violate('4', monitorId, `incident ${incident.id} resolved though nothing has recovered: ${rowsOf(entry)}`)
    }
  }

  /** The network of a region has gone or come back, or the server has forgotten what it knew of it. */
  networkChanged(region: string): void {
    this.#struck.delete(region)
  }

  /** Fewer regions than it takes still say DOWN, however long ago, and one has seen it well. */
  #isOver(entry: Committed): boolean {
    const codes = this.#codes(entry)
    const down = this.#downRegions(entry, null).filter((code) => codes.includes(code))
    const isSeenWell = codes.some((code) => isWell(entry.rows.get(code)))
    return down.length < regionsNeeded(entry.monitor.settings, codes.length) && isSeenWell
  }

  #expectEvent(batch: EngineBatch, incident: Incident, name: string): void {
    if (batch.events.some(({ event }) => event.name === name && event.incidentId === incident.id)) return
    this.#facts.violate(
      '6',
      incident.monitorId ?? incident.id,
      `no ${name} in the commit that changed incident ${incident.id}`,
    )
  }

  /** What people have said of an incident stands, and one that is over stays so. */
  #checkHand(before: Incident, after: Incident, monitorId: string): void {
    const { violate } = this.#facts
    if (before.resolvedAtMs !== null && before.resolvedAtMs !== after.resolvedAtMs) {
      violate('6', monitorId, `incident ${after.id} was over, and now ends at ${after.resolvedAtMs}`)
    }
    if (before.acknowledged !== null && after.acknowledged?.atMs !== before.acknowledged.atMs) {
      violate('6', monitorId, `incident ${after.id} forgot who acknowledged it`)
    }
    if (before.revision !== after.revision) return
    const isKept = (field: 'severity' | 'rootCause') => !(field in before.found) || before[field] === after[field]
    if (before.title !== after.title || !isKept('severity') || !isKept('rootCause')) {
      violate('6', monitorId, `incident ${after.id} forgot what people have set`)
    }
  }

  #checkStatus(entry: Committed): void {
    const { monitor, state, open } = entry
    const isDown = state?.status === 'DOWN'
    // What is true in maintenance is told at its end.
    if (goesOnByHand(entry) || state?.status === 'MAINTENANCE') return
    if (isDown !== (open !== null)) {
      this.#facts.violate(
        '6',
        monitor.id,
        `status ${state?.status}, but ${open === null ? 'no incident is' : 'one is'} open`,
      )
    }
  }

  /** A failure in doubt is looked at again after 1, 2, 4 … s at the latest. */
  #expectRecheck(entry: Committed, report: CheckReport, startedMs: number): void {
    const { clock, disturbances, violate } = this.#facts
    const { monitor } = entry
    const row = entry.rows.get(report.region)
    if (row === undefined || row.isDown || row.failures === 0 || report.result.status !== 'DOWN') return
    if (!this.#codes(entry).includes(report.region) || !this.#isSure(entry)) return
    const sinceMs = clock.monotonicMs()
    const withinMs = 1_000 * 2 ** (row.failures - 1) + RECHECK_SLACK_MS
    clock.schedule(withinMs, () => {
      if (entry.monitor.version !== monitor.version || this.#mirror.get(monitor.id) !== entry) return
      const { region } = report
      if (this.#truth.lastStartMs(monitor.id, region) > startedMs) return
      if (!disturbances.isCalm(sinceMs - RECHECK_SLACK_MS, clock.monotonicMs(), { region })) return
      violate('5', monitor.id, `failure ${row.failures} in ${region} was not looked at again within ${withinMs} ms`)
    })
  }
}

function isWell(row: Row | undefined): boolean {
  return row !== undefined && !row.isDown && row.failures === 0
}

function rowsOf(entry: Committed): string {
  const rows = [...entry.rows].map(([code, { failures, successes, isDown, faults }]) => {
    const truth = faults.join(' ')
    return `${code} ${failures} failed ${successes} good ${isDown ? 'down' : 'not down'} [${truth}]`
  })
  return rows.join('; ')
}
