import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OpenFor } from './harness.ts'

/** Counts of requests. */
export function requestsContract(open: OpenFor): void {
  test('of many takes at once exactly the limit is granted, and each sees another count', async (t) => {
    const { store } = await open(t)
    const taken = await Promise.all(Array.from({ length: 30 }, () => store.requests.take('acc_a', 7, 20)))
    assert.deepEqual(
      taken.filter((count) => count !== null).sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, n) => n + 1),
    )
    assert.equal(await store.requests.take('acc_a', 7, 21), 21)
    assert.equal(await store.requests.take('acc_a', 7, 21), null)
    assert.equal(await store.requests.take('acc_a', 8, 20), 1)
    assert.equal(await store.requests.take('acc_b', 7, 20), 1)
    assert.equal(await store.requests.take('acc_c', 7, 0), null)
  })

  test('counts of a window are kept over a restart and never lowered', async (t) => {
    const { store, reopen } = await open(t)
    await store.requests.keepUsed(7, [
      ['acc_a', 5],
      ['acc_b', 6],
    ])
    await store.requests.keepUsed(7, [['acc_a', 3]])
    await store.requests.keepUsed(7, [['acc_b', 9]])
    await store.requests.keepUsed(8, [['acc_a', 1]])
    const again = await reopen()
    assert.deepEqual(
      await again.requests.used(7),
      new Map([
        ['acc_a', 5],
        ['acc_b', 9],
      ]),
    )
    assert.equal(await again.requests.take('acc_b', 7, 9), null)
  })

  test('requests are counted per endpoint and summed over days', async (t) => {
    const { store } = await open(t)
    const of = (day: number, endpoint: string, requests: number, accountId = 'acc_a') =>
      store.requests.addCounts([{ accountId, day, endpoint, requests }])
    await of(10, 'GET /a', 1)
    await of(10, 'GET /a', 2)
    await of(11, 'GET /a', 4)
    await of(11, 'GET /b', 8)
    await of(12, 'GET /a', 16)
    await of(11, 'GET /a', 32, 'acc_b')
    assert.deepEqual(
      await store.requests.counts('acc_a', { from: 10, to: 12 }),
      new Map([
        ['GET /a', 7],
        ['GET /b', 8],
      ]),
    )
  })

  test('old counts are dropped, young ones stay', async (t) => {
    const { store } = await open(t)
    await store.requests.keepUsed(6, [['acc_a', 5]])
    await store.requests.keepUsed(7, [['acc_a', 5]])
    for (let day = 0; day < 510; day++) {
      await store.requests.addCounts([{ accountId: 'acc_a', day, endpoint: 'GET /a', requests: 1 }])
    }
    assert.equal(await store.requests.dropOlder({ window: 7, day: 505 }), true)
    assert.equal(await store.requests.dropOlder({ window: 7, day: 505 }), false)
    assert.equal((await store.requests.used(6)).size, 0)
    assert.equal((await store.requests.used(7)).size, 1)
    assert.deepEqual(await store.requests.counts('acc_a', { from: 0, to: 1_000 }), new Map([['GET /a', 5]]))
  })
}
