import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

async function open(rig: ApiRig, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await rig.ask('POST', '/incidents', { title: `Incident ${n}` })
    await rig.clock.advanceBy(1_000)
  }
}

test('a list answers 50 incidents unless asked, 100 at most, and says how many there are', async (t) => {
  const rig = await apiRig(t)
  await open(rig, 103)
  const list = async (query: string) => JSON.parse((await rig.ask('GET', `/incidents${query}`)).text)
  const some = await list('')
  assert.deepEqual([some.incidents.length, some.count, some.hasMore], [50, 103, true])
  const most = await list('?limit=100')
  assert.deepEqual([most.incidents.length, most.count, most.hasMore], [100, 103, true])
  const rest = await list('?limit=100&offset=100')
  assert.deepEqual([rest.incidents.length, rest.count, rest.hasMore], [3, 103, false])
  const all = [...most.incidents, ...rest.incidents].map(({ title }: { title: string }) => title)
  assert.deepEqual(
    all,
    Array.from({ length: 103 }, (_, n) => `Incident ${102 - n}`),
  )
  assert.equal((await rig.ask('GET', '/incidents?limit=101')).status, 400)
})

test('the status active, resolved or all says which incidents are meant; all is what no status means', async (t) => {
  const rig = await apiRig(t)
  await open(rig, 3)
  const { incidents } = JSON.parse((await rig.ask('GET', '/incidents')).text)
  await rig.ask('POST', `/incidents/${incidents[0].id}/resolve`)
  const count = async (query: string) => (await rig.ask('GET', `/incidents${query}`)).body.count
  assert.deepEqual(
    await Promise.all(['?status=active', '?status=resolved', '?status=all', ''].map(count)),
    [2, 1, 3, 3],
  )
  const refused = await rig.ask('GET', '/incidents?status=closed')
  assert.equal(refused.status, 400)
  assert.match(refused.body.error, /active.*resolved.*all/)
})
