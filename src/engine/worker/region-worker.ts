import { type CheckReport, type CheckResult, type Clock, type Timer, unknownResult } from '#domain'
import type { ToWorker, WorkerLine } from '../protocol.ts'
import { type BlindSpot, Lookout, type Moment } from './lookout.ts'
import { Planner } from './planner.ts'
import { ResultBatches } from './result-batches.ts'
import { type Check, type Run, Runs } from './runs.ts'
import { type Ask, type Slot, takeScheduledTime } from './slot.ts'

/** How often the worker says that it lives. */
const BEAT_MS = 1000
/** While checks run, the worker looks at the clock at least so often: a stall must not pass unseen. */
const WATCH_MS = 100
/**
 * Checks started in one turn of the event loop. When more are due than the machine can do, they start late, in turn with
 * the answers of those that run; if all started at once, answers would wait until nothing they say could be believed.
 */
const STARTS_A_TURN = 50
/** How long running checks may go on once the worker drains. */
const DRAIN_MS = 5000

export interface RegionWorkerOptions {
  line: WorkerLine
  clock: Clock
  /** Region code; part of each check's phase and report. */
  region: string
  check: Check
  /** Told what the instance allows, when that changes. */
  onSettings?: (settings: { allowPrivateTargets: boolean }) => void
  /** One line for each fault of our own. */
  log?: (message: string) => void
  /** While checks run, look at the clock at least so often. Longer is cheaper in a simulation. */
  watchMs?: number
}

export interface RegionWorker {
  /** Sends again what is not known to be stored; for a line that was cut. */
  resend(): void
  /** Stops at once and silently, as a crash would; `drain` over the line is the orderly way. */
  stop(): void
  /** Checks left out so far because the one before was still running. */
  skipped(): number
}

/**
 * Checks what it is assigned, on time, and reports: one region's whole side of the protocol. It keeps time by itself:
 * each check starts at phase + k × interval and never overlaps itself. It has no limit of checks in flight, so that
 * a thousand hanging targets don't delay a healthy one; each holds a socket, and Node raises the limit of open files
 * as far as the system lets it.
 */
export function createWorker(options: RegionWorkerOptions): RegionWorker {
  const { line, clock, region, check, onSettings, log = () => {}, watchMs = WATCH_MS } = options
  const lookout = new Lookout(clock)
  const planner = new Planner(region, endSlot)
  const runs = new Runs({ check, lookout, enter, onEnd: endRun, log })
  const batches = new ResultBatches(line, tellLost)
  let state: 'working' | 'draining' | 'drained' | 'stopped' = 'working'
  let timer: Timer | null = null
  let timerAtMs = Number.POSITIVE_INFINITY
  let beatAtMs = lookout.last.monotonicMs + BEAT_MS
  let drainByMs = Number.POSITIVE_INFINITY
  let latestStartMs = 0
  let startsLeft = STARTS_A_TURN

  /** Whatever happens to the worker comes through here: look at the clocks, act, arm the timer. */
  function enter(task: () => void): void {
    if (state === 'stopped') return
    const { now, blind } = lookout.look(runs.inFlight > 0)
    if (blind) recover(blind, now)
    startDue(now)
    task()
    startDue(now)
    if (state === 'draining' && runs.inFlight === 0) endDrain(now)
    arm(now)
  }

  /** One timer, for whatever comes first. */
  function arm({ wallMs, monotonicMs }: Moment): void {
    let atMs = Math.min(beatAtMs, drainByMs, batches.flushAtMs, monotonicMs + planner.headMs() - wallMs)
    if (runs.inFlight > 0) atMs = Math.min(atMs, monotonicMs + watchMs)
    if (atMs >= timerAtMs) return
    timer?.cancel()
    timerAtMs = atMs
    // What is overdue since before this look was late before it, too.
    lookout.expect(Math.max(atMs, monotonicMs))
    timer = clock.schedule(atMs - clock.monotonicMs(), tick)
  }

  function disarm(): void {
    timer?.cancel()
    timer = null
    timerAtMs = Number.POSITIVE_INFINITY
  }

  function tick(): void {
    disarm()
    startsLeft = STARTS_A_TURN
    enter(() => {
      const now = lookout.last
      if (now.monotonicMs >= drainByMs) for (const run of runs.dropAll()) freeSlot(run, 'the worker is shutting down')
      if (now.monotonicMs >= beatAtMs) beat(now)
      batches.flushRipe(now.monotonicMs)
    })
  }

  function beat(now: Moment): void {
    while (beatAtMs <= now.monotonicMs) beatAtMs += BEAT_MS
    const overdue = runs.sweep(now) + planner.waiting
    line.send({ kind: 'alive', atMs: now.wallMs, inFlight: runs.inFlight, lateMs: latestStartMs, overdue })
    latestStartMs = 0
  }

  /** Nobody looked for a while: what ran in it can't be believed, and what fell due in it is caught up with. */
  function recover(blind: BlindSpot, now: Moment): void {
    line.send({ kind: 'blind', ...blind })
    const dropped = runs.dropAll()
    log(`${blind.reason}; ${dropped.length} running checks dropped`)
    disarm()
    const droppedAtMs = new Map<Slot, number>()
    for (const { slot, askId, scheduledAtMs } of dropped)
      if (slot && askId === null) droppedAtMs.set(slot, scheduledAtMs)
    if (state === 'working') planner.replan(now.wallMs, droppedAtMs)
    for (const run of dropped) freeSlot(run, blind.reason)
  }

  function startDue(now: Moment): void {
    if (state !== 'working') return
    for (; startsLeft > 0; startsLeft--) {
      const due = planner.takeDue(now.wallMs)
      if (!due) return
      const { slot, kind, scheduledAtMs } = due
      latestStartMs = Math.max(latestStartMs, now.wallMs - scheduledAtMs)
      slot.run = runs.start({ assignment: slot.assignment, slot, kind, askId: null, scheduledAtMs }, now)
    }
  }

  function endRun(run: Run, result: CheckResult): void {
    const { assignment, kind, askId, scheduledAtMs, startedAtMs } = run
    if (askId !== null) {
      line.send({ kind: 'answer', askId, scheduledAtMs, startedAtMs, result })
    } else {
      const { monitorId, version } = assignment
      const report: CheckReport = { monitorId, version, region, kind, scheduledAtMs, startedAtMs, result }
      batches.add(report, lookout.last.monotonicMs)
    }
    freeSlot(run, null)
  }

  /** The run is over; with `dropped` (the reason) its result doesn't count, but a question still gets an answer. */
  function freeSlot(run: Run, dropped: string | null): void {
    if (dropped !== null && run.askId !== null) answerUnknown(run.askId, dropped)
    const { slot } = run
    if (!slot) return
    slot.run = null
    const next = slot.asks.shift()
    if (next) ask(next)
  }

  /** The assignment was removed or replaced. */
  function endSlot({ run, asks }: Slot): void {
    const reason = 'the monitor was changed or removed meanwhile'
    for (const { askId } of asks.splice(0)) answerUnknown(askId, reason)
    if (!run) return
    runs.drop(run)
    freeSlot(run, reason)
  }

  /** A check of a monitor that is being checked waits for that one to end. */
  function ask(message: Ask): void {
    const { askId, assignment } = message
    const now = lookout.last
    const slot = planner.get(assignment.monitorId) ?? null
    if (state !== 'working') answerUnknown(askId, 'the worker is shutting down')
    else if (slot?.run) slot.asks.push(message)
    else {
      const scheduledAtMs = slot ? takeScheduledTime(slot, now.wallMs) : now.wallMs
      const run = runs.start({ assignment, slot, kind: 'manual', askId, scheduledAtMs }, now)
      if (slot) slot.run = run
    }
  }

  function answerUnknown(askId: number, reason: string): void {
    const { wallMs } = lookout.last
    line.send({ kind: 'answer', askId, scheduledAtMs: wallMs, startedAtMs: wallMs, result: unknownResult(reason) })
  }

  function startDrain(now: Moment): void {
    state = 'draining'
    planner.clearPlans()
    drainByMs = now.monotonicMs + DRAIN_MS
  }

  function endDrain(now: Moment): void {
    state = 'drained'
    drainByMs = Number.POSITIVE_INFINITY
    batches.flush(now.monotonicMs)
    line.send({ kind: 'drained' })
  }

  function tellLost(reports: CheckReport[]): void {
    const reason = `${reports.length} results were lost because they could not be stored for too long`
    log(reason)
    const startsMs = reports.map(({ startedAtMs }) => startedAtMs)
    line.send({ kind: 'blind', fromMs: Math.min(...startsMs), toMs: Math.max(...startsMs), reason })
  }

  function receive(message: ToWorker): void {
    const now = lookout.last
    switch (message.kind) {
      case 'assign':
        if (state === 'working') {
          const remove = message.isAll ? planner.othersThan(message.add) : message.remove
          planner.assign(message.add, remove, now.wallMs)
        }
        break
      case 'recheck':
        if (state === 'working') {
          planner.recheck(message.monitorId, message.version, now.wallMs + message.delayMs)
        }
        break
      case 'ask':
        ask(message)
        break
      case 'stored':
        batches.stored(message.sequence)
        break
      case 'settings':
        onSettings?.({ allowPrivateTargets: message.allowPrivateTargets })
        break
      case 'drain':
        if (state === 'working') startDrain(now)
        break
    }
  }

  line.onMessage((message) => enter(() => receive(message)))
  arm(lookout.last)

  return {
    resend: () => batches.resend(),
    stop() {
      state = 'stopped'
      disarm()
      runs.dropAll()
    },
    skipped: () => planner.skipped,
  }
}
