import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, assignment, plannedAfter, START_MS, TIMED_OUT, up, workerRig } from './worker-rig.ts'

const MINUTES_5_MS = 300_000

test('a process that was stopped for 5 minutes says so first, drops what ran, and catches up without a burst', async () => {
  const rig = workerRig(() => ({ afterMs: 4000, result: TIMED_OUT }))
  const all = Array.from({ length: 300 }, (_, i) => assignment(`mon_${i}`, { timeoutMs: 4000 }))
  await rig.tell(assign(...all))
  await rig.clock.advanceBy(60_000)
  const running = rig.visits.filter(({ atMs }) => atMs > START_MS + 56_000)
  assert.ok(running.length > 5)
  const reportedBefore = rig.reports().length
  const saidBefore = rig.said.length
  const visitsBefore = rig.visits.length

  rig.clock.stall(MINUTES_5_MS)
  await rig.clock.advanceBy(0)
  const [first] = rig.said.slice(saidBefore)
  assert.equal(first?.kind, 'blind')
  assert.ok(first.kind === 'blind' && first.toMs - first.fromMs >= MINUTES_5_MS && first.toMs === rig.clock.nowMs())
  assert.match(first.reason, /stood still for (299|300)\.\d s/)
  assert.ok(running.every(({ signal }) => signal.aborted))
  assert.match(rig.logged[0] ?? '', /stood still/)

  await rig.clock.advanceBy(60_000)
  const after = rig.visits.slice(visitsBefore)
  assert.equal(new Set(after.map((visit) => visit.assignment.monitorId)).size, 300)
  after.forEach(({ atMs }, i) => {
    const twentyLater = after[i + 20]
    assert.ok(!twentyLater || twentyLater.atMs - atMs >= 1000, 'more than 20 starts in a second')
  })
  for (const { startedAtMs } of rig.reports().slice(reportedBefore)) assert.ok(startedAtMs >= first.toMs)
  assert.equal(rig.heard('blind').length, 1)
})

test('messages that waited out the stall do not each find the same stall again', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a')))
  await rig.clock.advanceBy(500)
  const told = rig.tell(...Array.from({ length: 5 }, (_, sequence) => ({ kind: 'stored', sequence }) as const))
  rig.clock.stall(3000)
  await told
  await rig.clock.advanceBy(5000)
  assert.equal(rig.heard('blind').length, 1)
})

test('a clock that jumps forward is a blind spot; an overdue check runs at once', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a', { intervalMs: 3_600_000 })))
  await rig.clock.advanceBy(500)
  rig.clock.jumpWall(7_200_000)
  await rig.clock.advanceBy(1000)
  const [blind] = rig.heard('blind')
  assert.ok(blind && blind.toMs - blind.fromMs >= 7_200_000)
  assert.match(blind.reason, /jumped forward by 7200\.0 s/)
  assert.equal(rig.visits.length, 1)
  await rig.clock.advanceBy(7_200_000)
  assert.ok(rig.visits.slice(1).every(({ atMs }) => (atMs - plannedAfter('a', 3_600_000)) % 3_600_000 === 0))
  assert.ok(rig.visits.length >= 2)
})

test('after a clock was set back, checks go on by the new time instead of waiting for the old one', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a', { intervalMs: 10_000 })))
  await rig.clock.advanceBy(60_000)
  rig.clock.jumpWall(-86_400_000)
  const before = rig.visits.length
  await rig.clock.advanceBy(60_000)
  assert.ok(rig.visits.length - before >= 5)
  const [blind] = rig.heard('blind')
  assert.match(blind?.reason ?? '', /set back by 86400\.0 s/)
  assert.ok(blind && blind.fromMs <= blind.toMs)
})

test('a slow drift of the clock is no blind spot', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a')))
  for (let i = 0; i < 100; i++) {
    await rig.clock.advanceBy(1000)
    rig.clock.jumpWall(-50)
  }
  assert.deepEqual(rig.heard('blind'), [])
})

test('a timeout measured across a stall of ours is UNKNOWN, a check that ends well is believed', async () => {
  for (const [result, expected] of [
    [TIMED_OUT, 'UNKNOWN'],
    [up(9000), 'UP'],
  ] as const) {
    const rig = workerRig(() => ({ afterMs: 10_000, result }))
    await rig.tell(assign(assignment('a', { immediate: true })))
    await rig.clock.advanceBy(5050)
    rig.clock.stall(300)
    await rig.clock.advanceBy(6000)
    assert.equal(rig.reports()[0]?.result.status, expected)
    assert.deepEqual(rig.heard('blind'), [])
  }
})

test('the stall is seen even when the check settles before the worker looks', async () => {
  const rig = workerRig(() => ({ afterMs: 1000, result: TIMED_OUT }))
  await rig.tell(assign(assignment('a', { immediate: true, timeoutMs: 1000 })))
  await rig.clock.advanceBy(950)
  rig.clock.stall(400)
  await rig.clock.advanceBy(100)
  assert.equal(rig.reports()[0]?.result.status, 'UNKNOWN')
})

test('a stall too short for the timeout, or before the check, excuses nothing', async () => {
  const rig = workerRig(() => ({ afterMs: 30_000, result: TIMED_OUT }))
  await rig.tell(assign(assignment('other', { immediate: true, timeoutMs: 30_000 })))
  await rig.clock.advanceBy(1000)
  rig.clock.stall(900)
  await rig.clock.advanceBy(100)
  await rig.tell(assign(assignment('a', { immediate: true, timeoutMs: 30_000 })))
  await rig.clock.advanceBy(1000)
  rig.clock.stall(250)
  await rig.clock.advanceBy(40_000)
  const statusOf = (id: string) => rig.reports().find(({ monitorId }) => monitorId === id)?.result.status
  assert.equal(statusOf('other'), 'UNKNOWN')
  assert.equal(statusOf('a'), 'DOWN')
})

test('what a stall of ours added does not make a check DEGRADED', async () => {
  const rig = workerRig(({ atMs }) => ({ afterMs: atMs === START_MS ? 400 : 450, result: up(450) }))
  await rig.tell(assign(assignment('a', { immediate: true, degradedThresholdMs: 200 })))
  await rig.clock.advanceBy(100)
  rig.clock.stall(300)
  await rig.clock.advanceBy(120_000)
  assert.deepEqual(
    rig
      .reports()
      .slice(0, 2)
      .map(({ result }) => result.status),
    ['UP', 'DEGRADED'],
  )
})

test('a check that never ends is given up soon after its timeout, and its slot is free again', async () => {
  const rig = workerRig(({ assignment: { monitorId } }) =>
    monitorId === 'hangs' ? 'never ends' : { afterMs: 10, result: up(10) },
  )
  await rig.tell(
    assign(
      assignment('hangs', { immediate: true, intervalMs: 20_000, timeoutMs: 5000 }),
      assignment('well', { intervalMs: 5000 }),
    ),
  )
  await rig.clock.advanceBy(7500)
  const [report] = rig.reports().filter(({ monitorId }) => monitorId === 'hangs')
  assert.equal(report?.result.status, 'UNKNOWN')
  assert.match(report?.result.error ?? '', /given up/)
  assert.equal(rig.visits.find((visit) => visit.assignment.monitorId === 'hangs')?.signal.aborted, true)
  await rig.clock.advanceBy(60_000)
  const visits = (id: string) => rig.visits.filter((visit) => visit.assignment.monitorId === id).length
  assert.ok(visits('hangs') >= 4)
  assert.ok(visits('well') >= 13)
})

test('a probe that throws or rejects is our fault: UNKNOWN, with a line in the log', async () => {
  const rig = workerRig(() => {
    throw new Error('bug in the probe')
  })
  await rig.tell(assign(assignment('a', { immediate: true })))
  await rig.clock.advanceBy(100)
  assert.equal(rig.reports()[0]?.result.status, 'UNKNOWN')
  assert.equal(rig.reports()[0]?.result.localFault, true)
  assert.match(rig.logged[0] ?? '', /bug in the probe/)
})

test('a thousand hanging targets delay no healthy one', async () => {
  const rig = workerRig(({ assignment: { monitorId } }) =>
    monitorId.startsWith('hangs') ? { afterMs: 10_000, result: TIMED_OUT } : { afterMs: 10, result: up(10) },
  )
  const hanging = Array.from({ length: 1000 }, (_, i) => assignment(`hangs_${i}`, { intervalMs: 10_000 }))
  await rig.tell(assign(...hanging, assignment('well', { intervalMs: 5000 })))
  await rig.clock.advanceBy(60_000)
  assert.ok(rig.heard('alive').some(({ inFlight }) => inFlight > 900))
  const well = rig.reports().filter(({ monitorId }) => monitorId === 'well')
  assert.equal(well.length, 12)
  assert.ok(well.every(({ startedAtMs, scheduledAtMs }) => startedAtMs === scheduledAtMs))
})
