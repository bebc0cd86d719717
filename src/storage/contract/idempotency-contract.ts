import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RepeatableRequest } from '../idempotency.ts'
import { START_MS, unique } from './builders.ts'
import type { OpenFor } from './harness.ts'

const ANSWER = { statusCode: 201, headers: { location: '/a' }, body: '{"secret":"S3CRET"}' }

/** Creating requests that may be sent again. */
export function idempotencyContract(open: OpenFor): void {
  test('of requests at once with one name one begins, and its answer outlives a restart', async (t) => {
    const { store, reopen } = await open(t)
    const name = unique('name')
    const requests = Array.from({ length: 5 }, (_, n) => requestOf({ name, owner: `run_${n}` }))
    const known = await Promise.all(requests.map((request) => store.idempotency.begin(request, START_MS)))
    const first = requests[known.indexOf(null)] ?? assert.fail('none began')
    assert.deepEqual(
      known.filter((each) => each !== null),
      Array.from({ length: 4 }, () => ({ ...first, answer: null })),
    )
    await store.idempotency.finish(name, 'run_other', { ...ANSWER, statusCode: 500 })
    await store.idempotency.finish(name, first.owner, ANSWER)
    const again = await reopen()
    assert.deepEqual(await again.idempotency.begin(requestOf({ name }), START_MS), { ...first, answer: ANSWER })
    // An answer that is there is neither taken over nor forgotten.
    assert.equal(await again.idempotency.takeOver(name, first.owner, 'run_new'), false)
    await again.idempotency.forget(name, first.owner)
    assert.deepEqual((await again.idempotency.begin(requestOf({ name }), START_MS))?.answer, ANSWER)
  })

  test('a request that lost its server is taken over once; one that failed is forgotten', async (t) => {
    const { store } = await open(t)
    const { name } = requestOf()
    await store.idempotency.begin(requestOf({ name, owner: 'run_dead' }), START_MS)
    assert.equal(await store.idempotency.takeOver(name, 'run_other', 'run_b'), false)
    const taken = ['run_b', 'run_c'].map((to) => store.idempotency.takeOver(name, 'run_dead', to))
    assert.deepEqual((await Promise.all(taken)).toSorted(), [false, true])
    const owner = (await store.idempotency.begin(requestOf({ name }), START_MS))?.owner ?? ''
    await store.idempotency.forget(name, 'run_dead')
    assert.equal((await store.idempotency.begin(requestOf({ name }), START_MS))?.owner, owner)
    await store.idempotency.forget(name, owner)
    assert.equal(await store.idempotency.begin(requestOf({ name }), START_MS), null)
  })

  test('a name is free again when its request is too old', async (t) => {
    const { store } = await open(t)
    const { name } = requestOf()
    await store.idempotency.begin(requestOf({ name }), START_MS)
    await store.idempotency.finish(name, 'run_a', ANSWER)
    assert.equal((await store.idempotency.begin(requestOf({ name }), START_MS))?.answer?.statusCode, 201)
    assert.equal(await store.idempotency.begin(requestOf({ name, beganAtMs: START_MS + 9 }), START_MS + 1), null)
    assert.equal((await store.idempotency.begin(requestOf({ name }), START_MS))?.answer, null)
  })

  test("an account's newest requests are kept, and old ones dropped in pieces", async (t) => {
    const { store } = await open(t)
    const begin = (parts: Partial<RepeatableRequest>) => store.idempotency.begin(requestOf(parts), START_MS)
    const names = Array.from({ length: 4 }, () => unique('name'))
    for (const [n, name] of names.entries()) await begin({ name, beganAtMs: START_MS + n })
    await begin({ name: 'other', accountId: 'acc_b' })
    await store.idempotency.keepNewest('acc_a', 2)
    const isKnown = async (name: string) => (await begin({ name })) !== null
    assert.deepEqual(await Promise.all([...names, 'other'].map(isKnown)), [false, false, true, true, true])
    for (let n = 0; n < 510; n++) await begin({ name: unique('name'), beganAtMs: START_MS - 1 })
    assert.equal(await store.idempotency.dropOlder(START_MS), true)
    assert.equal(await store.idempotency.dropOlder(START_MS), false)
    assert.equal(await isKnown('other'), true)
  })
}

function requestOf(parts: Partial<RepeatableRequest> = {}): RepeatableRequest {
  return {
    name: unique('name'),
    accountId: 'acc_a',
    fingerprint: 'print',
    owner: 'run_a',
    beganAtMs: START_MS,
    reserved: 'abcdefghijklmnop',
    ...parts,
  }
}
