import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { simulatedClock } from '../simulated-clock.ts'
import { Lanes } from './lanes.ts'
import { testOutbox } from './outbox-for-tests.ts'

const LIMITS = { perLane: 3, perChannel: 5 }

function deliveries(lanes: [channelId: string, monitorId: string][]) {
  const outbox = testOutbox(simulatedClock({ startMs: 0 }))
  for (const [i, [channelId, monitorId]] of lanes.entries()) outbox.add(`${i}`, channelId, monitorId)
  return outbox.rows
}

const held = (lanes: Lanes) => [...lanes].map((lane) => lane.queue.map((waiting) => waiting.id))

test('a delivery that becomes the first of its lane is answered, a later or known one is not', () => {
  const lanes = new Lanes(LIMITS)
  const [one, two] = deliveries([
    ['a', 'm'],
    ['a', 'm'],
  ])
  assert.ok(one !== undefined && two !== undefined)
  assert.equal(lanes.add(one)?.monitorId, 'm')
  assert.equal(lanes.add(two), null)
  assert.equal(lanes.add(one), null)
  assert.deepEqual(held(lanes), [['0', '1']])
})

test('a full lane leaves room to the others of its channel, and a full channel to other channels', () => {
  const lanes = new Lanes(LIMITS)
  const rows = deliveries([
    ...Array<[string, string]>(9).fill(['a', 'm']),
    ...Array<[string, string]>(9).fill(['a', 'n']),
    ['a', 'o'],
    ['b', 'm'],
  ])
  for (const row of rows) lanes.add(row)
  assert.deepEqual(held(lanes), [['0', '1', '2'], ['9', '10'], ['19']])
  assert.equal(lanes.size, 6)
})

test('reading again fills the room, oldest first, and nothing newer slips past what was left out', () => {
  const channel = fc.constantFrom('a', 'b')
  const monitor = fc.constantFrom('m', 'n', 'o')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(channel, monitor), { maxLength: 60 }),
      fc.infiniteStream(fc.nat(5)),
      (names, dice) => {
        const rows = deliveries(names)
        const lanes = new Lanes(LIMITS)
        const done = new Map<string, number[]>()
        let read = 0
        for (let turn = 0; done.values().reduce((sum, ids) => sum + ids.length, 0) < rows.length; turn++) {
          assert.ok(turn < 2_000, 'everything comes to its turn')
          // Reading goes on in pieces while deliveries end, as it does in the notifier.
          if (dice.next().value === 0 || read === rows.length) {
            lanes.readAgain()
            read = 0
          }
          for (let i = dice.next().value; i >= 0 && read < rows.length; i--) {
            const row = rows[read++]
            const ended =
              row !== undefined && done.get(`${row.channelId} ${row.event.monitorId}`)?.includes(Number(row.id))
            if (row !== undefined && !ended) lanes.add(row)
          }
          assert.ok(lanes.size <= 2 * LIMITS.perChannel)
          for (const lane of lanes) {
            const first = lane.queue[0]
            if (first === undefined || dice.next().value < 2) continue
            const key = `${lane.channelId} ${lane.monitorId}`
            done.set(key, [...(done.get(key) ?? []), Number(first.id)])
            lanes.removeFirst(lane)
          }
        }
        for (const ids of done.values())
          assert.deepEqual(
            ids,
            ids.toSorted((x, y) => x - y),
          )
      },
    ),
  )
})

test('a lane or channel that emptied stays shut until all is read again', () => {
  for (const limits of [
    { perLane: 1, perChannel: 9 },
    { perLane: 9, perChannel: 1 },
  ]) {
    const lanes = new Lanes(limits)
    const rows = deliveries(Array<[string, string]>(3).fill(['a', 'm']))
    for (const row of rows.slice(0, 2)) lanes.add(row)
    const [lane] = lanes
    assert.ok(lane !== undefined)
    assert.equal(lanes.removeFirst(lane), true)
    for (const row of rows.slice(2)) lanes.add(row)
    assert.equal(lanes.size, 0)
    lanes.readAgain()
    for (const row of rows.slice(1)) lanes.add(row)
    assert.deepEqual(held(lanes), [['1']])
  }
})

test('room for what was left out is told, so that it is read', () => {
  const lanes = new Lanes(LIMITS)
  for (const row of deliveries(Array<[string, string]>(4).fill(['a', 'm']))) lanes.add(row)
  const [lane] = lanes
  assert.ok(lane !== undefined)
  assert.deepEqual(
    [1, 2, 3].map(() => lanes.removeFirst(lane)),
    [false, false, true],
  )
  lanes.readAgain()
  assert.deepEqual(held(lanes), [])
})
