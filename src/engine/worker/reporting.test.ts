import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, assignment, DOWN, plannedAfter, START_MS, up, workerRig } from './worker-rig.ts'

test('a check that runs while its monitor is edited or removed reports nothing, fifty times over', async () => {
  const rig = workerRig(({ assignment: { version } }) => ({ afterMs: 2000, result: version % 2 === 1 ? DOWN : up(1) }))
  for (let i = 0; i < 50; i++) {
    const id = `mon_${i}`
    await rig.tell(assign(assignment(id, { immediate: true, intervalMs: 3_600_000, version: 1 })))
    await rig.clock.advanceBy(500)
    const [visit] = rig.visits.filter((one) => one.assignment.monitorId === id)
    assert.equal(visit?.signal.aborted, false)
    if (i % 2 === 0) await rig.tell({ kind: 'assign', add: [], remove: [id] })
    else await rig.tell(assign(assignment(id, { immediate: true, intervalMs: 3_600_000, version: 2 })))
    assert.equal(visit?.signal.aborted, true)
    await rig.clock.advanceBy(2500)
  }
  assert.equal(new Set(rig.reports().map(({ monitorId }) => monitorId)).size, 25)
  assert.ok(rig.reports().every(({ version, result }) => version === 2 && result.status === 'UP'))
})

test('an edit that cuts a running check short runs it anew, though nobody asked for it', async () => {
  const rig = workerRig(() => ({ afterMs: 2000, result: up(1) }))
  const plannedMs = plannedAfter('a', 3_600_000)
  await rig.tell(assign(assignment('a', { intervalMs: 3_600_000 })))
  await rig.clock.advanceTo(plannedMs + 500)
  await rig.tell(assign(assignment('a', { intervalMs: 3_600_000, version: 2 })))
  await rig.clock.advanceBy(3000)
  assert.deepEqual(
    rig.reports().map(({ version, scheduledAtMs }) => [version, scheduledAtMs - plannedMs]),
    [[2, 500]],
  )
})

test('the same assignment sent again changes nothing', async () => {
  const rig = workerRig(() => ({ afterMs: 2000, result: up(1) }))
  const same = assign(assignment('a', { intervalMs: 10_000 }))
  await rig.tell(same)
  await rig.clock.advanceTo(plannedAfter('a', 10_000) + 500)
  await rig.tell(same)
  await rig.clock.advanceBy(4000)
  assert.equal(rig.visits.length, 1)
  assert.equal(rig.reports().length, 1)
})

test('two quick resumes of one monitor leave one running loop', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a', { immediate: true, version: 2 })), { kind: 'assign', add: [], remove: ['a'] })
  await rig.tell(assign(assignment('a', { immediate: true, version: 4 })))
  await rig.clock.advanceTo(plannedAfter('a', 60_000) + 179_000)
  assert.equal(rig.reports().length, 4)
  assert.ok(rig.reports().every(({ version }) => version === 4))
})

test('results are gathered for at most 40 ms; a lone failure goes at once', async () => {
  const rig = workerRig(({ assignment: { monitorId } }) => ({
    afterMs: monitorId === 'down' ? 500 : 100 + Number(monitorId),
    result: monitorId === 'down' ? DOWN : up(1),
  }))
  await rig.tell(assign(...['0', '1', '2', '60', 'down'].map((id) => assignment(id, { immediate: true }))))
  await rig.clock.advanceBy(140)
  assert.deepEqual(
    rig.heard('results').map(({ reports }) => reports.map(({ monitorId }) => monitorId)),
    [['0', '1', '2']],
  )
  await rig.clock.advanceTo(START_MS + 500)
  assert.equal(rig.reports().at(-1)?.monitorId, 'down')
})

test('a storm of failures shares its messages', async () => {
  const rig = workerRig(({ assignment: { monitorId } }) => ({ afterMs: 1000 + Number(monitorId), result: DOWN }))
  await rig.tell(assign(...Array.from({ length: 50 }, (_, i) => assignment(String(i), { immediate: true }))))
  await rig.clock.advanceBy(1200)
  assert.equal(rig.reports().length, 50)
  assert.ok(rig.heard('results').length <= 12)
})

test('batches are numbered without gaps and sent again until they are stored', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a', { intervalMs: 10_000 })))
  await rig.clock.advanceBy(60_000)
  const sent = rig.heard('results')
  assert.deepEqual(
    sent.map(({ sequence }) => sequence),
    sent.map((_, i) => i + 1),
  )
  await rig.tell({ kind: 'stored', sequence: sent.length - 2 })
  rig.worker.resend()
  await rig.clock.advanceBy(0)
  assert.deepEqual(rig.heard('results').slice(sent.length), sent.slice(-2))
  await rig.tell({ kind: 'stored', sequence: sent.length })
  rig.worker.resend()
  await rig.clock.advanceBy(0)
  assert.equal(rig.heard('results').length, sent.length + 2)
})

test('a question is answered outside the schedule, judged like any check', async () => {
  const rig = workerRig(() => ({ afterMs: 300, result: up(300) }))
  await rig.tell({ kind: 'ask', askId: 7, assignment: assignment('unsaved', { degradedThresholdMs: 100 }) })
  await rig.clock.advanceBy(120_000)
  const [answer] = rig.heard('answer')
  assert.equal(answer?.askId, 7)
  assert.equal(answer?.startedAtMs, START_MS)
  assert.equal(answer?.result.status, 'DEGRADED')
  assert.equal(rig.visits.length, 1)
  assert.deepEqual(rig.reports(), [])
})

test('questions about a monitor that is being checked wait for their turn, each with its own time', async () => {
  const rig = workerRig(() => ({ afterMs: 1000, result: up(1) }))
  await rig.tell(assign(assignment('a', { immediate: true })))
  for (const askId of [1, 2]) await rig.tell({ kind: 'ask', askId, assignment: assignment('a') })
  await rig.clock.advanceBy(3500)
  assert.deepEqual(
    rig.heard('answer').map(({ askId, startedAtMs }) => [askId, startedAtMs - START_MS]),
    [
      [1, 1000],
      [2, 2000],
    ],
  )
  assert.ok(rig.visits.every(({ running }) => running === 1))
})

test('every question gets an answer, even when its monitor goes', async () => {
  const rig = workerRig(() => ({ afterMs: 1000, result: up(1) }))
  await rig.tell(assign(assignment('a')))
  for (const askId of [1, 2]) await rig.tell({ kind: 'ask', askId, assignment: assignment('a') })
  await rig.tell({ kind: 'assign', add: [], remove: ['a'] })
  await rig.clock.advanceBy(5000)
  assert.deepEqual(
    rig
      .heard('answer')
      .map(({ askId, result }) => [askId, result.status])
      .sort(),
    [
      [1, 'UNKNOWN'],
      [2, 'UNKNOWN'],
    ],
  )
})

test('a drain starts nothing, lets running checks end, sends their results, and then says so', async () => {
  const rig = workerRig(() => ({ afterMs: 3000, result: up(1) }))
  await rig.tell(assign(assignment('a', { immediate: true }), assignment('b', { intervalMs: 5000 })))
  await rig.tell({ kind: 'drain' })
  const before = rig.visits.length
  await rig.tell({ kind: 'ask', askId: 1, assignment: assignment('c') }, assign(assignment('d', { immediate: true })))
  await rig.clock.advanceBy(30_000)
  assert.equal(rig.visits.length, before)
  const kinds = rig.said.map(({ kind }) => kind).filter((kind) => kind === 'results' || kind === 'drained')
  assert.deepEqual(kinds, ['results', 'drained'])
  assert.equal(rig.heard('answer')[0]?.result.status, 'UNKNOWN')
})

test('a drain waits at most 5 s, and drops what still runs then', async () => {
  const rig = workerRig(() => 'never ends')
  await rig.tell(assign(assignment('a', { immediate: true, timeoutMs: 30_000 })))
  await rig.tell({ kind: 'drain' })
  await rig.clock.advanceBy(5000)
  assert.equal(rig.heard('drained').length, 1)
  assert.deepEqual(rig.reports(), [])
  assert.equal(rig.visits[0]?.signal.aborted, true)
})

test('a worker says each second how it is', async () => {
  const rig = workerRig(() => ({ afterMs: 2500, result: up(1) }))
  await rig.tell(assign(assignment('a', { immediate: true })))
  await rig.clock.advanceBy(5000)
  assert.deepEqual(
    rig.heard('alive').map(({ atMs, inFlight }) => [atMs - START_MS, inFlight]),
    [
      [1000, 1],
      [2000, 1],
      [3000, 0],
      [4000, 0],
      [5000, 0],
    ],
  )
})

test('a stopped worker does and says nothing more', async () => {
  const rig = workerRig(() => ({ afterMs: 500, result: up(1) }))
  await rig.tell(assign(assignment('a', { immediate: true, intervalMs: 5000 })))
  rig.worker.stop()
  assert.equal(rig.visits[0]?.signal.aborted, true)
  await rig.clock.advanceBy(60_000)
  assert.equal(rig.visits.length, 1)
  assert.deepEqual(rig.said, [])
  assert.equal(rig.clock.pending(), 0)
})
