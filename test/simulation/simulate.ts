import { idSource } from '#domain'
import { simulatedClock } from '#engine'
import { type EngineBatch, openSqliteStore, SecretBox } from '#storage'
import { Disturbances } from './disturbances.ts'
import { checkEnd, isSettled } from './end.ts'
import type { Facts, Violation } from './facts.ts'
import { FAULT_NAMES, type FaultName, Faults } from './faults.ts'
import type { Job } from './job.ts'
import { Mirror } from './mirror.ts'
import { Planned } from './planned.ts'
import { Planner } from './planner.ts'
import { prng } from './prng.ts'
import { Receivers } from './receiver.ts'
import { SimulatedRegion } from './region.ts'
import { CheckRules } from './rules/check-rules.ts'
import { CommitRules } from './rules/commit-rules.ts'
import { DeliveryRules } from './rules/delivery-rules.ts'
import { MaintenanceRules } from './rules/maintenance-rules.ts'
import { TruthRules } from './rules/truth-rules.ts'
import { Server } from './server.ts'
import type { StoreWeather, StoreWitness } from './store-view.ts'
import type { Target } from './target.ts'
import { newTrace } from './trace.ts'
import { TruthOfChecks } from './truth-of-checks.ts'
import { User } from './user.ts'

/** An hour before midnight, so that even a short run crosses a day. */
const START_MS = Date.UTC(2026, 0, 5, 23)
const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const REGIONS = ['local', 'eu-west-1', 'us-east-1'] as const
const BETWEEN_PLANS_MS = 75 * MINUTE_MS
/** Once all is calm, everything must be in order within this. */
const SETTLING_MS = 6 * HOUR_MS

export interface SimulationOptions {
  seed: number
  hours: number
  monitors: number
  /** Whether people plan maintenance; they do by default. */
  maintenance?: boolean
  /** The faults of our own that happen; all by default. */
  faults?: readonly FaultName[]
  /** Damage that a test does, to prove that it would be noticed. */
  damage?: {
    batch?: (batch: EngineBatch) => EngineBatch
    doublesChecks?: boolean
    sendsAgain?: boolean
    /** The control address seems to answer always. */
    believesItself?: boolean
  }
}

export interface Outcome {
  violation: Violation | null
  /** Newest lines of the trace about what the violation is about. */
  lines: string[]
  hash: string
  figures: {
    simulatedHours: number
    monitors: number
    regions: number
    checks: number
    results: number
    incidents: number
    outages: number
    attempts: number
    delivered: number
    crashes: number
    faults: number
    acts: number
    windows: number
    traceLines: number
  }
}

/** Runs the whole engine in a world made from a seed. The same options give the same run, to the last line. */
export async function simulate(options: SimulationOptions): Promise<Outcome> {
  const { seed, hours, monitors, damage = {} } = options
  const random = prng(seed)
  const clock = simulatedClock({ startMs: START_MS })
  const trace = newTrace(clock.nowMs)
  let violation: Violation | null = null
  const mirror = new Mirror()
  const facts: Facts = {
    clock,
    disturbances: new Disturbances(),
    trace,
    violate(invariant, about, message) {
      violation ??= { invariant, about, message, moment: new Date(clock.nowMs()).toISOString() }
    },
    regionsFor: (monitor) => server.engine?.regionsFor(monitor) ?? [],
  }
  const truthOfChecks = new TruthOfChecks()
  const checks = new CheckRules(facts, mirror, truthOfChecks)
  const commits = new CommitRules(facts, mirror, truthOfChecks)
  const deliveries = new DeliveryRules(facts)
  const planned = new Planned()
  const maintenance = new MaintenanceRules(facts, mirror, planned)
  const codes = REGIONS.slice(0, random.int(1, REGIONS.length))
  const truth = new TruthRules(facts, mirror, checks, codes, planned)
  const targets = new Map<string, Target>()
  const jobs = new Map<string, Job>()
  const onNetwork = (code: string) => commits.networkChanged(code)
  const onProbeFault = (code: string, timeoutMs: number) => {
    const nowMs = clock.monotonicMs()
    facts.disturbances.add('worker', code, nowMs, nowMs + timeoutMs + 5 * SECOND_MS)
  }
  const doublesChecks = damage.doublesChecks === true
  const regions = codes.map((code) => {
    const parts = {
      code,
      clock,
      random: random.fork(code),
      targets,
      truth: truthOfChecks,
      rules: checks,
      onNetwork,
      onProbeFault,
      doublesChecks,
    }
    return new SimulatedRegion(parts)
  })
  const witness: StoreWitness = {
    committing: (batch) => commits.committing(batch),
    committed(batch) {
      commits.committed(batch)
      for (const { kind, monitorId, region, scheduledAtMs } of batch.results) {
        const intervalMs = mirror.get(monitorId)?.monitor.settings.intervalMs
        if (kind === 'planned' && intervalMs !== undefined) checks.planned(monitorId, region, intervalMs, scheduledAtMs)
      }
      maintenance.committed(batch)
      deliveries.committed(batch)
      truth.committed(batch)
    },
    recorded: (attempt, outcome) => deliveries.recorded(attempt, outcome),
    channelSaved: (channel) => deliveries.channelSaved(channel),
    channelDeleted: (id) => deliveries.channelDeleted(id),
  }
  const weather: StoreWeather = { failsWith: null, readsFail: false, slowMs: 5 }
  const real = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32).fill(7)]) })
  const accountId = idSource((size) => Uint8Array.from({ length: size }, () => random.int(0, 255)))('acc')
  await real.accounts.create({
    id: accountId,
    name: 'A',
    plan: 'ENTERPRISE',
    isSuspended: false,
    createdAtMs: START_MS,
  })
  const receivers = new Receivers(clock, random.fork('receivers'), deliveries, damage.sendsAgain === true)
  const server = new Server({
    facts,
    clock,
    random: random.fork('server'),
    real,
    weather,
    witness,
    receivers,
    regions,
    rules: checks,
    onStart: () => {
      for (const code of codes) commits.networkChanged(code)
    },
    isOverdue: (diedAtMs) => isOverdue(mirror, clock.nowMs() - diedAtMs),
    ...(damage.batch === undefined ? {} : { damage: damage.batch }),
    isTrusting: damage.believesItself === true,
  })
  const user = new User({
    facts,
    mirror,
    server,
    random: random.fork('user'),
    regions: codes,
    targets,
    jobs,
    truth,
    accountId,
    monitors,
  })
  const planner = new Planner({ facts, mirror, planned, server, random: random.fork('planner'), accountId })
  const isOver = () => violation !== null

  for (const region of regions) if (region.code !== 'local') region.start()
  const started = server.start()
  await clock.advanceBy(SECOND_MS)
  await started
  const setUp = (async () => {
    for (let made = 0; made < 3; made++) await user.createChannel()
    for (let made = 0; made < monitors; made++) await user.createMonitor()
  })()
  await clock.runUntil(isOver, MINUTE_MS)
  if (!isOver()) await setUp
  const faults = new Faults({
    facts,
    random: random.fork('faults'),
    server,
    regions,
    weather,
    onSetBack: (fromMs, toMs) => mirror.clockWasSetBack(fromMs, toMs),
    only: options.faults ?? FAULT_NAMES,
  })
  const userRandom = random.fork('acts')
  let isUserAway = false
  const act = () => {
    if (isUserAway) return
    void user.act()
    clock.schedule(userRandom.wait((20 * MINUTE_MS) / Math.sqrt(monitors)), act)
  }
  act()
  const plannerRandom = random.fork('plans')
  const plan = () => {
    if (isUserAway) return
    void planner.act()
    clock.schedule(plannerRandom.wait(BETWEEN_PLANS_MS), plan)
  }
  if (options.maintenance !== false) clock.schedule(plannerRandom.wait(BETWEEN_PLANS_MS), plan)
  await clock.runUntil(isOver, hours * HOUR_MS)

  isUserAway = true
  planner.calm()
  faults.end()
  receivers.calm()
  for (const target of targets.values()) target.calm(clock.monotonicMs())
  for (const job of jobs.values()) job.calm()
  const calmMs = clock.monotonicMs()
  const end = { mirror, deliveries, facts, jobs, server }
  while (!isOver() && !isSettled(end) && clock.monotonicMs() - calmMs < SETTLING_MS)
    await clock.runUntil(isOver, MINUTE_MS)
  if (!isOver()) await checkEnd(end, real)
  if (!isOver()) await maintenance.checkEnd(real)
  server.kill()
  for (const region of regions) region.kill()
  await real.close()
  return outcome()

  function outcome(): Outcome {
    return {
      violation,
      lines: violation === null ? [] : trace.lines(violation.about),
      hash: trace.hash(),
      figures: {
        simulatedHours: clock.monotonicMs() / HOUR_MS,
        monitors: mirror.monitors.size,
        regions: regions.length,
        checks: checks.checks,
        results: commits.results,
        incidents: commits.opened,
        outages: truth.outages,
        attempts: deliveries.attempts,
        delivered: deliveries.delivered,
        crashes: server.crashes,
        faults: faults.made,
        acts: user.acts,
        windows: planned.windows.size,
        traceLines: trace.length(),
      },
    }
  }
}

/** Whether a monitor that is checked everywhere was surely due within so long a time. */
function isOverdue(mirror: Mirror, offMs: number): boolean {
  return [...mirror.monitors.values()].some(
    ({ monitor, atWatchedMs }) =>
      atWatchedMs !== null &&
      monitor.type !== 'CRON' &&
      monitor.settings.intervalMs < offMs &&
      monitor.settings.enabledRegions === null,
  )
}
