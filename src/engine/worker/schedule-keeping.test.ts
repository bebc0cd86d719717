import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ToWorker } from '../protocol.ts'
import { assign, assignment, DOWN, plannedAfter, START_MS, up, workerRig } from './worker-rig.ts'

const DAY_MS = 86_400_000

test('over a day every check starts exactly at phase + k × interval, and each is reported once', async () => {
  const rig = workerRig(({ atMs }) => ({ afterMs: 20 + (atMs % 700), result: up(20) }))
  await rig.tell(assign(assignment('a'), assignment('b', { intervalMs: 37_000 })))
  await rig.clock.advanceBy(DAY_MS)
  for (const [id, intervalMs] of [
    ['a', 60_000],
    ['b', 37_000],
  ] as const) {
    const startsMs = rig.visits.filter((visit) => visit.assignment.monitorId === id).map(({ atMs }) => atMs)
    const firstMs = plannedAfter(id, intervalMs)
    assert.deepEqual(
      startsMs,
      startsMs.map((_, k) => firstMs + k * intervalMs),
    )
    assert.ok(Math.abs(startsMs.length - DAY_MS / intervalMs) <= 1)
  }
  const reported = rig.reports().map(({ monitorId, scheduledAtMs }) => `${monitorId} ${scheduledAtMs}`)
  assert.equal(new Set(reported).size, reported.length)
  assert.ok(rig.visits.length - reported.length <= 2)
})

test('a check never overlaps itself: a start that comes while one runs is left out and counted', async () => {
  const rig = workerRig(() => ({ afterMs: 12_000, result: DOWN }))
  await rig.tell(assign(assignment('a', { intervalMs: 10_000, timeoutMs: 12_000 })))
  await rig.clock.advanceBy(100_000)
  assert.ok(rig.visits.every(({ running }) => running === 1))
  const gapsMs = rig.visits.slice(1).map(({ atMs }, i) => atMs - (rig.visits[i]?.atMs ?? 0))
  assert.deepEqual(new Set(gapsMs), new Set([20_000]))
  assert.ok(rig.worker.skipped() >= 4)
})

test('a target that always times out keeps its start times', async () => {
  const rig = workerRig(() => ({ afterMs: 8000, result: DOWN }))
  await rig.tell(assign(assignment('a', { intervalMs: 10_000, timeoutMs: 8000 })))
  await rig.clock.advanceBy(180_000)
  assert.equal(rig.visits.length, 18)
  assert.ok(rig.visits.every(({ atMs }) => (atMs - plannedAfter('a', 10_000)) % 10_000 === 0))
})

test('5,000 monitors are spread: no 100 ms has more than twice the mean number of starts', async () => {
  const rig = workerRig()
  await rig.tell(assign(...Array.from({ length: 5000 }, (_, i) => assignment(`mon_${i}`, { intervalMs: 10_000 }))))
  await rig.clock.advanceBy(10_000)
  assert.equal(new Set(rig.visits.map((visit) => visit.assignment.monitorId)).size, 5000)
  const perWindow = new Map<number, number>()
  for (const { atMs } of rig.visits) {
    const window = Math.floor(atMs / 100)
    perWindow.set(window, (perWindow.get(window) ?? 0) + 1)
  }
  assert.ok(Math.max(...perWindow.values()) <= 100)
})

test('a new monitor is checked at once, then by phase', async () => {
  const rig = workerRig()
  await rig.tell(assign(assignment('a', { immediate: true })))
  await rig.clock.advanceBy(120_000)
  const firstMs = plannedAfter('a', 60_000)
  assert.deepEqual(
    rig.visits.map(({ atMs }) => atMs),
    [START_MS, firstMs, firstMs + 60_000],
  )
  assert.deepEqual(new Set(rig.reports().map(({ kind }) => kind)), new Set(['planned']))
})

test('thousands of first checks at once queue in order, 50 in any 100 ms', async () => {
  const rig = workerRig()
  const ids = Array.from({ length: 2000 }, (_, i) => `mon_${i}`)
  await rig.tell(assign(...ids.map((id) => assignment(id, { immediate: true, intervalMs: 86_400_000 }))))
  assert.equal(rig.visits.length, 50)
  await rig.clock.advanceBy(1000)
  assert.ok((rig.heard('alive').at(-1)?.overdue ?? 0) > 1000)
  await rig.clock.advanceBy(3500)
  const first = rig.visits.filter(({ atMs, assignment: { monitorId } }) => atMs < plannedAfter(monitorId, 86_400_000))
  assert.ok(first.length >= 1990)
  assert.deepEqual(
    first.map((visit) => visit.assignment.monitorId),
    ids.filter((id) => first.some((visit) => visit.assignment.monitorId === id)),
  )
  first.forEach(({ atMs }, i) => {
    const fiftyLater = first[i + 50]
    assert.ok(!fiftyLater || fiftyLater.atMs - atMs >= 100)
  })
})

test('after a restart overdue monitors catch up without a burst, each within one interval', async () => {
  const rig = workerRig()
  const all = Array.from({ length: 500 }, (_, i) => {
    const id = `mon_${i}`
    return assignment(id, { missedAtMs: plannedAfter(id, 60_000, START_MS - 90_000) })
  })
  await rig.tell(assign(...all))
  assert.equal(rig.visits.length, 1)
  await rig.clock.advanceBy(60_000)
  assert.equal(new Set(rig.visits.map((visit) => visit.assignment.monitorId)).size, 500)
  rig.visits.forEach(({ atMs }, i) => {
    const twentyLater = rig.visits[i + 20]
    assert.ok(!twentyLater || twentyLater.atMs - atMs >= 1000, 'more than 20 starts in a second')
  })
})

test('a lone overdue monitor is checked at once; one that is not overdue waits for its phase', async () => {
  const rig = workerRig()
  await rig.tell(
    assign(
      assignment('overdue', { missedAtMs: START_MS - 1, intervalMs: 3_600_000 }),
      assignment('not', { intervalMs: 3_600_000 }),
    ),
  )
  await rig.clock.advanceBy(1000)
  assert.deepEqual(
    rig.visits.map((visit) => visit.assignment.monitorId),
    ['overdue'],
  )
})

test('a re-check comes after its delay, as a re-check', async () => {
  const rig = workerRig(() => ({ afterMs: 10, result: DOWN }))
  const plannedMs = plannedAfter('a', 60_000)
  await rig.tell(assign(assignment('a')))
  await rig.clock.advanceTo(plannedMs + 100)
  await rig.tell({ kind: 'recheck', monitorId: 'a', version: 1, delayMs: 1000 })
  await rig.clock.advanceBy(5000)
  assert.deepEqual(
    rig.reports().map(({ kind, scheduledAtMs }) => [kind, scheduledAtMs - plannedMs]),
    [
      ['planned', 0],
      ['recheck', 1100],
    ],
  )
})

test('a re-check is left out when the planned check comes first, and for another version', async () => {
  const rig = workerRig(() => ({ afterMs: 10, result: DOWN }))
  const plannedMs = plannedAfter('a', 10_000)
  await rig.tell(assign(assignment('a', { intervalMs: 10_000 })))
  await rig.clock.advanceTo(plannedMs + 100)
  await rig.tell({ kind: 'recheck', monitorId: 'a', version: 1, delayMs: 16_000 })
  await rig.tell({ kind: 'recheck', monitorId: 'a', version: 2, delayMs: 10 })
  await rig.clock.advanceTo(plannedMs + 29_000)
  assert.deepEqual(
    rig.visits.map(({ atMs }) => atMs - plannedMs),
    [0, 10_000, 20_000],
  )
})

test('hundreds that fall due at one instant start in turns, so that answers are read in between', async () => {
  const turns: string[][] = []
  let turn: string[] | null = null
  const rig = workerRig(({ assignment: { monitorId } }) => {
    if (turn === null) {
      turn = []
      turns.push(turn)
      queueMicrotask(() => {
        turn = null
      })
    }
    turn.push(monitorId)
    return { afterMs: 50, result: up(50) }
  })
  const ids = Array.from({ length: 320 }, (_, i) => `mon_${i}`)
  await rig.tell(assign(...ids.map((id) => assignment(id, { intervalMs: 3_600_000 }))))
  await rig.tell(...ids.map((monitorId): ToWorker => ({ kind: 'recheck', monitorId, version: 1, delayMs: 1000 })))
  await rig.clock.advanceBy(1000)
  const started = turns.flat()
  assert.ok(ids.every((id) => started.includes(id)))
  assert.ok(Math.max(...turns.map(({ length }) => length)) <= 50)
  assert.ok(rig.visits.every(({ atMs }) => atMs <= START_MS + 1000))
})
