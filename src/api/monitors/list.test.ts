import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBatch } from '#storage'
import { type Answer, type ApiRig, apiRig, START_MS } from '../testing/api-rig.ts'

async function fill(rig: ApiRig, count: number, name = 'same'): Promise<void> {
  for (let n = 0; n < count; n++)
    await rig.ask('POST', '/monitors', { name, url: 'https://a.example' }, { prefer: 'respond-async' })
}

function ids(answer: Answer): string[] {
  const parsed: { monitors: { id: string }[] } = JSON.parse(answer.text)
  return parsed.monitors.map(({ id }) => id)
}

test('pages hold every monitor exactly once, though all have the same name and time', async (t) => {
  const rig = await apiRig(t)
  await fill(rig, 45)
  for (const order of ['', '&sort=name', '&sort=name&order=desc', '&sort=status', '&sort=type&order=asc']) {
    const seen: string[] = []
    for (let offset = 0, hasMore = true; hasMore; offset += 20) {
      const answer = await rig.ask('GET', `/monitors?limit=20&offset=${offset}${order}`)
      assert.equal(answer.body.count, 45)
      hasMore = answer.body.hasMore
      seen.push(...ids(answer))
    }
    assert.equal(seen.length, 45, order)
    assert.equal(new Set(seen).size, 45, order)
  }
  const second = ids(await rig.ask('GET', '/monitors?limit=20&offset=20'))
  assert.deepEqual(ids(await rig.ask('GET', '/monitors?limit=20&page=2')), second)
})

test('pages that are read while others are deleted repeat nothing', async (t) => {
  const rig = await apiRig(t)
  await fill(rig, 6)
  const first = ids(await rig.ask('GET', '/monitors?limit=3'))
  await rig.ask('DELETE', `/monitors/${first[2]}`)
  const second = ids(await rig.ask('GET', '/monitors?limit=3&offset=3'))
  assert.equal(first.filter((id) => second.includes(id)).length, 0)
})

test('bad page values are 400 on every list', async (t) => {
  const rig = await apiRig(t)
  const monitor = (await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })).body
  const lists = ['/monitors', '/incidents', '/notification-channels', `/monitors/${monitor.id}/checks`]
  const bad = ['limit=0', 'limit=-1', 'limit=101', 'limit=1000000', 'limit=x', 'limit=1.5', 'limit=', 'limit=1&limit=2']
  const worse = ['offset=-1', 'offset=x', 'page=0', 'page=-1', 'page=1e3', 'page=2&offset=3']
  for (const list of lists) {
    for (const query of [...bad, ...worse]) {
      const answer = await rig.ask('GET', `${list}?${query}`)
      assert.equal(answer.status, 400, `${list}?${query}`)
      assert.equal(answer.body.code, 'BAD_REQUEST')
    }
    const far = await rig.ask('GET', `${list}?page=1000000000`)
    assert.equal(far.status, 200, list)
    assert.equal(far.body.hasMore, false, list)
  }
})

test('without a limit all monitors come at once, with one each is told that there is more', async (t) => {
  const rig = await apiRig(t)
  await fill(rig, 120)
  const all = await rig.ask('GET', '/monitors')
  assert.equal(ids(all).length, 120)
  assert.deepEqual([all.body.count, all.body.hasMore], [120, false])
  const some = await rig.ask('GET', '/monitors?limit=100')
  assert.deepEqual([ids(some).length, some.body.count, some.body.hasMore], [100, 120, true])
})

test('filters narrow rows and count alike', async (t) => {
  const rig = await apiRig(t)
  await rig.ask('POST', '/monitors', { name: 'Shop 100%', url: 'https://a.example', tags: ['prod', 'eu'] })
  await rig.ask('POST', '/monitors', { name: 'blog', url: 'https://b.example', type: 'API', isActive: false })
  const count = async (query: string) => (await rig.ask('GET', `/monitors?${query}`)).body.count
  assert.equal(await count('search=shop'), 1)
  assert.equal(await count('search=B.EXAMPLE'), 1)
  assert.equal(await count('search=%25'), 1)
  assert.equal(await count('search=_'), 0)
  assert.equal(await count('tag=prod'), 1)
  assert.equal(await count('tag=pro'), 0)
  assert.equal(await count('type=API'), 1)
  assert.equal(await count('type=HTTP'), 1)
  assert.equal(await count('status=PAUSED'), 1)
  assert.equal(await count('type=API&tag=prod'), 0)
  for (const query of ['status=FINE', 'type=GOPHER', 'sort=colour', 'order=up'])
    assert.equal((await rig.ask('GET', `/monitors?${query}`)).status, 400, query)
})

test('uptime and response time are null until something is known, then what history says', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  const row = async () => JSON.parse((await rig.ask('GET', '/monitors')).text).monitors[0]
  assert.deepEqual([(await row()).uptime90d, (await row()).avgResponseTime24h], [null, null])
  const hourMs = 3_600_000
  const span = (status: 'UP' | 'DOWN', from: number, to: number) => ({
    monitorId: body.id,
    status,
    fromMs: START_MS + from * hourMs,
    toMs: START_MS + to * hourMs,
  })
  await rig.clock.advanceBy(4 * hourMs)
  const report = (n: number, responseTimeMs: number) => ({
    monitorId: body.id,
    version: 1,
    region: 'local',
    kind: 'planned' as const,
    scheduledAtMs: START_MS + n * 60_000,
    startedAtMs: START_MS + n * 60_000,
    result: { ...rig.engine.result, responseTimeMs },
  })
  await rig.store.commit({
    ...emptyBatch(rig.clock.nowMs()),
    spans: { ended: [span('UP', 0, 3), span('DOWN', 3, 4)] },
    results: [report(0, 200), report(1, 300)],
  })
  const state = rig.engine.states.get(body.id)
  if (state !== undefined)
    rig.engine.states.set(body.id, { ...state, span: { status: 'UNKNOWN', fromMs: rig.clock.nowMs() } })
  const shown = await row()
  assert.equal(shown.uptime90d, 75)
  assert.equal(shown.avgResponseTime24h, 250)
  const checks = await rig.ask('GET', `/monitors/${body.id}/checks?status=UP&region=region_local`)
  assert.equal(checks.body.count, 2)
  assert.equal(JSON.parse(checks.text).checks[0].checkedAt, '2025-01-21T10:31:00.000Z')
  assert.equal((await rig.ask('GET', `/monitors/${body.id}/checks?from=2025-01-21T10:30:30Z`)).body.count, 1)
  assert.equal((await rig.ask('GET', `/monitors/${body.id}/checks?from=yesterday`)).status, 400)
})

test('a thousand monitors are listed in well under a second', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  const model = await rig.store.monitors.get(rig.account.id, body.id)
  assert.ok(model)
  const created = await Promise.all(
    Array.from({ length: 999 }, async () => ({
      ...model,
      id: rig.newId('mon'),
      key: await rig.store.monitors.nextKey(),
    })),
  )
  await rig.store.commit({ ...emptyBatch(START_MS), monitors: { created, changed: [], deleted: [] } })
  await rig.ask('GET', '/monitors')
  const began = performance.now()
  const answer = await rig.ask('GET', '/monitors')
  const ms = performance.now() - began
  assert.equal(ids(answer).length, 1_000)
  t.diagnostic(`1,000 rows in ${Math.round(ms)} ms, ${answer.text.length} characters`)
  assert.ok(ms < 1_000, `${ms} ms`)
})
