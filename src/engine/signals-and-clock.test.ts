import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { idSource } from '#domain'
import { buildMonitor } from '#domain/kit'
import { openSqliteStore, SecretBox } from '#storage'
import { silentLog } from './kit/silent-log.ts'
import { startEngine } from './run.ts'
import { simulatedClock } from './simulated-clock.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')
const HOUR_MS = 3_600_000

/** An engine that watches one job, which is to report every hour. */
async function watchJob(t: TestContext) {
  const clock = simulatedClock({ startMs: START_MS })
  const store = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32)]) })
  t.after(() => store.close())
  let bytes = 0
  const engine = await startEngine({
    store,
    clock,
    newId: idSource((size) => Uint8Array.from({ length: size }, () => bytes++ % 250)),
    random: () => 0.5,
    log: silentLog,
    ownRegion: 'local',
    http: { post: () => Promise.reject(new Error('nobody is told')) },
    askControl: null,
    allowPrivateTargets: true,
  })
  const monitor = buildMonitor({ intervalMs: HOUR_MS, url: null }, { type: 'CRON', config: { gracePeriod: 60 } })
  const account = { id: monitor.accountId, name: 'A', isSuspended: false, createdAtMs: START_MS }
  await store.accounts.create({ ...account, plan: 'ENTERPRISE' })
  const wait = async <T>(done: Promise<T>): Promise<T> => {
    await clock.advanceBy(50)
    return done
  }
  await wait(engine.createMonitor(monitor))
  const nothing = { rid: null, message: null, exitStatus: null, durationMs: null, source: null }
  return {
    clock,
    report: () => wait(engine.heartbeat({ monitorId: monitor.id, atMs: clock.nowMs(), kind: 'success', ...nothing })),
    state: () => engine.state(monitor.id),
  }
}

for (const [way, jumpMs] of [
  ['back', -2 * HOUR_MS],
  ['forward', 2 * HOUR_MS],
] as const) {
  test(`a signal right after the clock was set ${way} keeps its time`, async (t) => {
    const { clock, report, state } = await watchJob(t)
    await clock.advanceBy(HOUR_MS / 2)
    assert.ok(await report())
    await clock.advanceBy(10_300)
    clock.jumpWall(jumpMs)
    const atMs = clock.nowMs()
    assert.ok(await report())
    await clock.advanceBy(5_000)
    assert.equal(state()?.heartbeat?.lastPingAtMs, atMs)
    assert.equal(state()?.heartbeat?.expectedAtMs, atMs + HOUR_MS)
  })
}
