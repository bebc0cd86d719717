import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { apiRig } from '../../../src/api/testing/api-rig.ts'
import { field } from '../client.ts'
import { guideBlock, NO_REFERENCE, referenceBlock } from './document.ts'
import { sampleFunction } from './run-sample.ts'

const LIMIT = 100

/** A real API whose hour is used up, on a clock that stands at half past. What waits makes that clock go on. */
async function usedUp(t: TestContext) {
  const rig = await apiRig(t, { plan: 'FREE' })
  const key = await rig.newKey()
  const ask = () => fetch(`${rig.url}/api/v1/monitors`, { headers: { 'X-API-Key': key } })
  const statuses = await Promise.all(Array.from({ length: LIMIT }, async () => (await ask()).status))
  assert.deepEqual(new Set(statuses), new Set([200]))
  const waitsMs: number[] = []
  return {
    rig,
    key,
    ask,
    waitsMs,
    /** The globals of a sample, on the rig's clock. */
    globals: {
      Date: { now: () => rig.clock.nowMs() },
      setTimeout: (task: () => void, ms: number) => {
        waitsMs.push(ms)
        rig.clock.advanceBy(ms).then(task)
      },
    },
  }
}

test("the reference's back-off waits until the hour is over, and the request that follows passes", {
  skip: NO_REFERENCE,
}, async (t) => {
  const { ask, waitsMs, globals } = await usedUp(t)
  const run = await sampleFunction(t, referenceBlock('2. Handle Rate Limits', 'javascript'), {
    needs: ['response', 'Date', 'setTimeout'],
    result: 'null',
  })
  const response = await ask()
  assert.equal(response.status, 429)
  assert.equal(field(await response.json(), 'code'), 'RATE_LIMIT_EXCEEDED')
  await run({ response, ...globals })
  assert.deepEqual(waitsMs, [1_800_000])
  const again = await ask()
  assert.equal(again.status, 200)
  assert.equal(again.headers.get('x-ratelimit-remaining'), String(LIMIT - 1))
})

test('a second less than what the back-off waits is too early', async (t) => {
  const { rig, ask } = await usedUp(t)
  const reset = Number((await ask()).headers.get('x-ratelimit-reset'))
  await rig.clock.advanceTo(reset * 1_000 - 1_000)
  assert.equal((await ask()).status, 429)
  await rig.clock.advanceBy(1_000)
  assert.equal((await ask()).status, 200)
})

test("the guide's client waits as long as it is told to, and asks again by itself", async (t) => {
  const { rig, key, waitsMs, globals } = await usedUp(t)
  const process = { env: { STATUSAPP_URL: rig.url, STATUSAPP_API_KEY: key } }
  const run = await sampleFunction(t, guideBlock('A client', 'js'), {
    needs: ['process', 'setTimeout'],
    result: "await statusapp('/monitors')",
  })
  assert.deepEqual(await run({ process, ...globals }), { monitors: [], count: 0, hasMore: false })
  assert.deepEqual(waitsMs, [1_800_000])
})

test("the guide's client turns a refusal into an error that says why", async (t) => {
  const rig = await apiRig(t)
  const process = { env: { STATUSAPP_URL: rig.url, STATUSAPP_API_KEY: await rig.newKey() } }
  const run = await sampleFunction(t, guideBlock('A client', 'js'), {
    needs: ['process'],
    result: "await statusapp('/monitors/mon_0000000000000000')",
  })
  await assert.rejects(run({ process }), { message: 'NOT_FOUND: There is no monitor of this id.' })
})
