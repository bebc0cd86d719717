import { type CheckReport, type CheckResult, NO_PHASES, nextStartMs, phaseMs } from '#domain'
import type { Assignment, FromWorker, ToWorker } from '../protocol.ts'
import { type SimulatedClock, simulatedClock } from '../simulated-clock.ts'
import { directLine } from './direct-line.ts'
import { createWorker, type RegionWorker } from './region-worker.ts'

/** Wall time at which every rig starts. */
export const START_MS = Date.UTC(2026, 0, 1)

/** A check as its target sees it. */
export interface Visit {
  assignment: Assignment
  atMs: number
  /** How many checks of this monitor run, this one included. */
  running: number
  signal: AbortSignal
}

/** How a simulated check goes: it ends after so long, or never. */
export type Behaviour = (visit: Visit) => { afterMs: number; result: CheckResult } | 'never ends'

export interface WorkerRig {
  clock: SimulatedClock
  worker: RegionWorker
  visits: Visit[]
  /** Everything that the worker said, in order. */
  said: FromWorker[]
  logged: string[]
  /** Sends to the worker and lets the messages arrive. */
  tell(...messages: ToWorker[]): Promise<void>
  heard<Kind extends FromWorker['kind']>(kind: Kind): Extract<FromWorker, { kind: Kind }>[]
  reports(): CheckReport[]
}

/** A worker over simulated time, with a target that behaves as told (by default: UP after 50 ms). */
export function workerRig(behaviour: Behaviour = () => ({ afterMs: 50, result: up(50) })): WorkerRig {
  const clock = simulatedClock({ startMs: START_MS })
  const lines = directLine({ clock })
  const visits: Visit[] = []
  const said: FromWorker[] = []
  const logged: string[] = []
  const running = new Map<string, number>()

  function check(assignment: Assignment, signal: AbortSignal): Promise<CheckResult> {
    const count = (by: number) => running.set(assignment.monitorId, (running.get(assignment.monitorId) ?? 0) + by)
    count(1)
    const visit = { assignment, atMs: clock.nowMs(), running: running.get(assignment.monitorId) ?? 0, signal }
    visits.push(visit)
    const { promise, resolve, reject } = Promise.withResolvers<CheckResult>()
    signal.addEventListener('abort', () => {
      count(-1)
      reject(new Error('aborted'))
    })
    const course = behaviour(visit)
    if (course !== 'never ends') {
      clock.schedule(course.afterMs, () => {
        if (!signal.aborted) count(-1)
        resolve(course.result)
      })
    }
    return promise
  }

  const worker = createWorker({ line: lines.worker, clock, region: 'local', check, log: (line) => logged.push(line) })
  lines.engine.onMessage((message) => said.push(message))

  function heard<Kind extends FromWorker['kind']>(kind: Kind): Extract<FromWorker, { kind: Kind }>[] {
    return said.filter((message): message is Extract<FromWorker, { kind: Kind }> => message.kind === kind)
  }

  return {
    clock,
    worker,
    visits,
    said,
    logged,
    async tell(...messages) {
      for (const message of messages) lines.engine.send(message)
      await clock.advanceBy(0)
    },
    heard,
    reports: () => heard('results').flatMap(({ reports }) => reports),
  }
}

/** An assignment with everything that a test doesn't care for filled in. */
export function assignment(monitorId: string, given: Partial<Assignment> = {}): Assignment {
  return {
    monitorId,
    version: 1,
    type: 'WEBSITE',
    url: 'http://target.test/',
    config: {},
    intervalMs: 60_000,
    timeoutMs: 10_000,
    degradedThresholdMs: null,
    upsideDown: false,
    immediate: false,
    missedAtMs: null,
    ...given,
  }
}

export function assign(...add: Assignment[]): ToWorker {
  return { kind: 'assign', add, remove: [] }
}

/** The first planned start of the monitor after the given time. */
export function plannedAfter(monitorId: string, intervalMs: number, afterMs = START_MS): number {
  return nextStartMs(phaseMs(monitorId, 'local', intervalMs), intervalMs, afterMs)
}

const RESULT: CheckResult = {
  status: 'UP',
  responseTimeMs: 50,
  phases: { ...NO_PHASES },
  statusCode: 200,
  error: null,
  category: null,
  localFault: false,
  details: null,
  evidence: null,
}

export function up(responseTimeMs: number): CheckResult {
  return { ...RESULT, responseTimeMs }
}

export const DOWN: CheckResult = {
  ...RESULT,
  status: 'DOWN',
  statusCode: 500,
  error: 'expected status 200-299, got 500',
  category: 'SERVER_ERROR',
}

export const TIMED_OUT: CheckResult = {
  ...RESULT,
  status: 'DOWN',
  statusCode: null,
  error: 'no answer within 10 s',
  category: 'NETWORK_TIMEOUT',
}
