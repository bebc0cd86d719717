import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idSource } from '#domain'
import { buildMonitor } from '#domain/kit'
import { openSqliteStore, SecretBox } from '#storage'
import { silentLog } from './kit/silent-log.ts'
import { PlanWatch } from './plan-watch.ts'
import type { ToWorker } from './protocol.ts'
import { startEngine } from './run.ts'
import { simulatedClock } from './simulated-clock.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')
const ACCOUNT = { id: 'acc_aaaaaaaaaaaaaaaa', name: 'A', isSuspended: false, createdAtMs: START_MS }

test('on a smaller plan a monitor is checked as often as that gives, keeps what is configured, and gets it back', async (t) => {
  const clock = simulatedClock({ startMs: START_MS })
  const store = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32)]) })
  await store.accounts.create({ ...ACCOUNT, plan: 'BUSINESS' })
  const start = async () => {
    const starting = startEngine({
      store,
      clock,
      newId: idSource((size) => crypto.getRandomValues(new Uint8Array(size))),
      random: () => 0.5,
      log: silentLog,
      ownRegion: 'local',
      http: { post: () => Promise.reject(new Error('nobody is told')) },
      askControl: null,
      allowPrivateTargets: true,
    })
    await clock.advanceBy(10)
    return await starting
  }
  const toldIntervals: number[] = []
  const line = {
    send(message: ToWorker) {
      if (message.kind === 'assign') for (const { intervalMs } of message.add) toldIntervals.push(intervalMs)
    },
    onMessage: () => undefined,
    close: () => undefined,
  }
  const lastTold = () => toldIntervals.at(-1)
  const wait = async <T>(done: Promise<T>, ms = 50): Promise<T> => {
    await clock.advanceBy(ms)
    return await done
  }
  const engine = await start()
  await engine.attachWorker({ region: 'local', workerId: 'w1', line, resends: false })
  const key = await store.monitors.nextKey()
  const monitor = buildMonitor({ intervalMs: 10_000 }, { key, accountId: ACCOUNT.id })
  await wait(engine.createMonitor(monitor))
  assert.equal(lastTold(), 10_000)

  await store.accounts.setPlan(ACCOUNT.id, 'FREE')
  await clock.advanceBy(15_050)
  assert.equal(lastTold(), 60_000)
  assert.equal(engine.monitor(monitor.id)?.settings.intervalMs, 10_000)
  await wait(engine.stop(), 10_000)

  const restarted = await start()
  t.after(async () => {
    await wait(restarted.stop(), 10_000)
    await store.close()
  })
  await restarted.attachWorker({ region: 'local', workerId: 'w2', line, resends: false })
  assert.equal(lastTold(), 60_000)
  await store.accounts.setPlan(ACCOUNT.id, 'ENTERPRISE')
  await clock.advanceBy(15_050)
  assert.equal(lastTold(), 10_000)
})

test('a job’s interval is its own affair, and so is what no plan is known for', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const accounts = { list: async () => [{ ...ACCOUNT, plan: 'FREE' as const }] }
  const watch = new PlanWatch({ accounts, clock, log: silentLog, onChange: () => undefined })
  const job = buildMonitor({ intervalMs: 10_000 }, { type: 'CRON', accountId: ACCOUNT.id })
  const quick = buildMonitor({ intervalMs: 10_000 }, { accountId: ACCOUNT.id })
  const slow = buildMonitor({ intervalMs: 300_000 }, { accountId: ACCOUNT.id })
  assert.equal(watch.underPlan(quick), quick)
  await watch.load()
  assert.deepEqual(
    [job, slow].map((monitor) => watch.underPlan(monitor)),
    [job, slow],
  )
  assert.equal(watch.underPlan(quick).settings.intervalMs, 60_000)
})

test('a database that can’t be read for a while changes no plan, and is asked again', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const changes: string[] = []
  let isBroken = true
  const accounts = {
    async list() {
      if (isBroken) throw new Error('locked')
      return [{ ...ACCOUNT, plan: 'FREE' as const }]
    },
  }
  const watch = new PlanWatch({ accounts, clock, log: silentLog, onChange: (ids) => changes.push(...ids) })
  watch.start()
  await clock.advanceBy(16_000)
  assert.deepEqual(changes, [])
  isBroken = false
  await clock.advanceBy(31_000)
  assert.deepEqual(changes, [ACCOUNT.id])
  await watch.stop()
  isBroken = true
  await clock.advanceBy(60_000)
})
