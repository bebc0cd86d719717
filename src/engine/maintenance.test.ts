import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measure, uptimePercent } from '#domain'
import { buildMonitor } from '#domain/kit'
import { StorageError } from '#storage'
import { ACCOUNT, MINUTE_MS, START_MS, save, setUp, windowOf, windowStatus } from './maintenance-rig.ts'

test('a window begins and ends punctually, without any check; its status, states and spans are stored', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  await save(stage, windowOf())
  assert.equal(await windowStatus(stage), 'SCHEDULED')
  await stage.clock.advanceTo(START_MS + 10 * MINUTE_MS - 1)
  assert.equal(stage.engine.state('mon_a')?.status, 'UP')
  await stage.clock.advanceBy(100)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  assert.equal(await windowStatus(stage), 'IN_PROGRESS')
  const shown = await stage.store.monitors.list(ACCOUNT, { status: 'MAINTENANCE' }, { limit: 9, offset: 0 })
  assert.equal(shown.count, 1)
  await stage.clock.advanceTo(START_MS + 40 * MINUTE_MS + 100)
  assert.equal(stage.engine.state('mon_a')?.status, 'UP')
  assert.equal(await windowStatus(stage), 'COMPLETED')
  const range = { fromMs: START_MS, toMs: START_MS + 50 * MINUTE_MS }
  const span = (await stage.store.spans.list('mon_a', range)).find(({ status }) => status === 'MAINTENANCE')
  assert.deepEqual([span?.fromMs, span?.toMs], [START_MS + 10 * MINUTE_MS, START_MS + 40 * MINUTE_MS])
})

test('checks inside are stored and tell nobody; what is true at the end opens an incident then', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.create('mon_b')
  await save(stage, windowOf({ allMonitors: false, monitorIds: ['mon_a', 'mon_b'] }))
  for (const id of ['mon_a', 'mon_b']) await stage.see(id, 'UP')
  await stage.clock.advanceTo(START_MS + 11 * MINUTE_MS)
  for (const id of ['mon_a', 'mon_b']) await stage.see(id, 'DOWN')
  await stage.clock.advanceTo(START_MS + 39 * MINUTE_MS + 30_000)
  await stage.see('mon_a', 'DOWN')
  await stage.see('mon_b', 'UP')
  const page = { limit: 10, offset: 0 }
  assert.equal((await stage.store.incidents.list(ACCOUNT, { status: 'all' }, page)).count, 0)
  assert.equal((await stage.store.results.list('mon_a', {}, page)).count, 3)
  await stage.clock.advanceTo(START_MS + 40 * MINUTE_MS + 100)
  const { rows } = await stage.store.incidents.list(ACCOUNT, { status: 'all' }, page)
  assert.deepEqual(
    rows.map(({ monitorId, startedAtMs, number }) => [monitorId, startedAtMs, number]),
    [['mon_a', START_MS + 40 * MINUTE_MS, 1]],
  )
  assert.equal(stage.engine.state('mon_b')?.status, 'UP')
  const range = { fromMs: START_MS, toMs: START_MS + 40 * MINUTE_MS }
  const spans = await stage.store.spans.list('mon_b', range)
  assert.equal(uptimePercent(measure(spans, null, range)), 100)
})

test('a check that comes in at the very moment is judged by the window that begins then', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  const atMs = stage.clock.nowMs() + 1
  await save(stage, windowOf({ startsAtMs: atMs }))
  await stage.see('mon_a', 'DOWN', atMs)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  assert.equal((await stage.store.incidents.loadOpen()).length, 0)
})

test('a restart in the middle keeps all, and what began or ended meanwhile is taken in', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  await save(stage, windowOf())
  await stage.clock.advanceTo(START_MS + 5 * MINUTE_MS)
  await stage.restart(10 * MINUTE_MS)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  assert.equal(stage.engine.state('mon_a')?.span.fromMs, START_MS + 10 * MINUTE_MS)
  await stage.see('mon_a', 'DOWN')
  await stage.restart(MINUTE_MS)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  assert.equal(stage.engine.state('mon_a')?.maintenance?.status, 'DOWN')
  await stage.restart(30 * MINUTE_MS)
  const state = stage.engine.state('mon_a')
  assert.deepEqual([state?.status, state?.span], ['UP', { status: 'UNKNOWN', fromMs: START_MS + 40 * MINUTE_MS }])
  assert.equal(await windowStatus(stage), 'COMPLETED')
  assert.ok(stage.told.some((message) => message.kind === 'recheck' && message.monitorId === 'mon_a'))
  await stage.see('mon_a', 'DOWN')
  assert.equal((await stage.store.incidents.loadOpen())[0]?.startedAtMs, START_MS + 40 * MINUTE_MS)
})

test('a failure from within a window that passed while the server was off is nobody’s alert', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  await save(stage, windowOf())
  await stage.restart(60 * MINUTE_MS)
  await stage.see('mon_a', 'DOWN', START_MS + 20 * MINUTE_MS)
  assert.equal(stage.engine.state('mon_a')?.status, 'UP')
  await stage.see('mon_a', 'DOWN')
  assert.equal(stage.engine.state('mon_a')?.status, 'DOWN')
})

for (const what of ['was off', 'stood still']) {
  test(`a window that passed while the server ${what} is no time of a monitor that is checked more rarely`, async (t) => {
    const stage = await setUp(t)
    const { settings } = buildMonitor({ intervalMs: 24 * 60 * MINUTE_MS })
    await stage.create('mon_a', { settings })
    await stage.see('mon_a', 'UP')
    const between = (from: number, to: number) => ({
      id: `mw_${from}`,
      startsAtMs: START_MS + from * MINUTE_MS,
      endsAtMs: START_MS + to * MINUTE_MS,
    })
    await save(stage, windowOf())
    await save(stage, windowOf(between(50, 55)))
    await save(stage, windowOf(between(58, 99)))
    if (what === 'was off') await stage.restart(60 * MINUTE_MS)
    else stage.clock.stall(60 * MINUTE_MS)
    await stage.clock.advanceBy(2_000)
    const range = { fromMs: START_MS + 5 * MINUTE_MS, toMs: stage.clock.nowMs() }
    const spans = await stage.store.spans.list('mon_a', range)
    assert.deepEqual(
      spans.slice(1).map(({ status, fromMs }) => [status, (fromMs - START_MS) / MINUTE_MS]),
      [
        ['MAINTENANCE', 10],
        ['UP', 40],
        ['MAINTENANCE', 50],
        ['UP', 55],
      ],
    )
    const since = { status: 'MAINTENANCE', fromMs: START_MS + 58 * MINUTE_MS }
    assert.deepEqual(stage.engine.state('mon_a')?.span, since)
  })
}

test('a window that passed while the store failed alarms nobody, and its time does not count', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.create('mon_b')
  for (const id of ['mon_a', 'mon_b']) await stage.see(id, 'UP')
  await save(stage, windowOf())
  const { commit } = stage.store
  stage.store.commit = () => Promise.reject(new StorageError('full', 'no space left'))
  for (const minute of [5, 15, 20, 25]) {
    await stage.clock.advanceTo(START_MS + minute * MINUTE_MS)
    await stage.see('mon_a', minute === 20 ? 'DOWN' : 'UP')
  }
  await stage.clock.advanceTo(START_MS + 45 * MINUTE_MS)
  stage.store.commit = commit
  await stage.clock.advanceBy(10_000)
  const range = { fromMs: START_MS + 5 * MINUTE_MS, toMs: stage.clock.nowMs() }
  for (const id of ['mon_a', 'mon_b']) {
    const spans = await stage.store.spans.list(id, range)
    assert.deepEqual(
      spans.slice(1).map(({ status, fromMs }) => [status, (fromMs - START_MS) / MINUTE_MS]),
      [['MAINTENANCE', 10]],
    )
    assert.deepEqual(stage.engine.state(id)?.span, { status: 'UP', fromMs: START_MS + 40 * MINUTE_MS })
  }
  assert.deepEqual(await stage.events(), [])
  assert.equal(await windowStatus(stage), 'COMPLETED')
})

test('a clock that is set forward into a window begins it, one that is set back out of it ends it', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  await save(stage, windowOf())
  stage.clock.jumpWall(15 * MINUTE_MS)
  await stage.clock.advanceBy(2_000)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  stage.clock.jumpWall(-15 * MINUTE_MS)
  await stage.clock.advanceBy(2_000)
  assert.notEqual(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  await stage.clock.advanceBy(10 * MINUTE_MS)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
})

test('a small step of the clock back over a start changes nothing', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  await save(stage, windowOf())
  await stage.clock.advanceTo(START_MS + 10 * MINUTE_MS + 50)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  stage.clock.jumpWall(-200)
  await stage.see('mon_a', 'UP')
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
})

test('cancelling ends a running window now, and so does moving it away; extending it does not', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  const window = windowOf()
  await save(stage, window)
  await stage.clock.advanceTo(START_MS + 20 * MINUTE_MS)
  const longer = { ...window, endsAtMs: START_MS + 60 * MINUTE_MS, updatedAtMs: stage.clock.nowMs() }
  await save(stage, longer)
  assert.equal(stage.engine.state('mon_a')?.span.fromMs, START_MS + 10 * MINUTE_MS)
  await stage.clock.advanceTo(START_MS + 45 * MINUTE_MS)
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  const endedAtMs = stage.clock.nowMs()
  await save(stage, { ...longer, cancelledAtMs: endedAtMs })
  const { status, fromMs } = stage.engine.state('mon_a')?.span ?? {}
  assert.deepEqual([status, (fromMs ?? 0) - endedAtMs < 50], ['UP', true])
  assert.equal(await windowStatus(stage), 'CANCELLED')
})

test('a monitor that is made in a window of all monitors is in maintenance at once; a paused one is PAUSED', async (t) => {
  const stage = await setUp(t)
  await save(stage, windowOf({ startsAtMs: START_MS }))
  const monitor = await stage.create('mon_a')
  assert.equal(stage.engine.state('mon_a')?.status, 'MAINTENANCE')
  const change = async (isPaused: boolean, version: number) => {
    const done = stage.engine.updateMonitor({ ...monitor, isPaused, version })
    await stage.clock.advanceBy(50)
    await done
    return stage.engine.state('mon_a')?.status
  }
  assert.equal(await change(true, 2), 'PAUSED')
  assert.equal(await change(false, 3), 'MAINTENANCE')
  const gone = stage.engine.deleteMonitor('mon_a')
  await stage.clock.advanceBy(50)
  await gone
  await stage.clock.advanceTo(START_MS + 41 * MINUTE_MS)
  assert.equal(stage.engine.state('mon_a'), null)
})

test('a monitor that is paused right after a stall was in maintenance while that ran', async (t) => {
  for (const [endsAt, expected] of [
    [40, ['UP', 'MAINTENANCE']],
    [12, ['UP', 'MAINTENANCE', 'UP']],
  ] as const) {
    const stage = await setUp(t)
    const monitor = await stage.create('mon_a')
    await stage.see('mon_a', 'UP')
    await save(stage, windowOf({ endsAtMs: START_MS + endsAt * MINUTE_MS }))
    await stage.clock.advanceTo(START_MS + 5 * MINUTE_MS)
    const pausing = new Promise<void>((resolve) => {
      stage.clock.schedule(
        0,
        () => void stage.engine.updateMonitor({ ...monitor, isPaused: true, version: 2 }).then(resolve),
      )
    })
    stage.clock.stall(15 * MINUTE_MS)
    await stage.clock.advanceBy(2_000)
    await pausing
    const range = { fromMs: START_MS + MINUTE_MS, toMs: stage.clock.nowMs() }
    const spans = await stage.store.spans.list('mon_a', range)
    assert.deepEqual(
      spans.map(({ status }) => status),
      expected,
    )
    assert.equal(stage.engine.state('mon_a')?.span.status, 'PAUSED')
  }
})

test('two windows that meet are one time of maintenance', async (t) => {
  const stage = await setUp(t)
  await stage.create('mon_a')
  await stage.see('mon_a', 'UP')
  await save(stage, windowOf())
  const endsAtMs = START_MS + 60 * MINUTE_MS
  await save(stage, windowOf({ id: 'mw_b', startsAtMs: START_MS + 40 * MINUTE_MS, endsAtMs }))
  await stage.clock.advanceTo(START_MS + 50 * MINUTE_MS)
  assert.equal(stage.engine.state('mon_a')?.span.fromMs, START_MS + 10 * MINUTE_MS)
  await stage.clock.advanceTo(endsAtMs + 100)
  assert.deepEqual(stage.engine.state('mon_a')?.span, { status: 'UP', fromMs: endsAtMs })
})
