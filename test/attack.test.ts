import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attack } from './attack/attack.ts'

/** More by `npm run attack -- --requests N --seed S`. */
const REQUESTS = 1_500

test('no hostile request to any route ends in a 5xx, a leak, a wrong answer or a changed row', async () => {
  const seed = 20_260_101
  const { sent, statuses, faults } = await attack({ requests: REQUESTS, seed })
  assert.equal(sent, REQUESTS)
  assert.deepEqual([...faults], [], `seed ${seed}`)
  // An attack that never got past the first gate, or was never refused, would have shown nothing.
  for (const status of [200, 201, 400, 401, 403, 404]) assert.ok((statuses.get(status) ?? 0) > 5, `${status} is rare`)
})
