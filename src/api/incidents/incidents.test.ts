import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNTOUCHED } from '#domain'
import { emptyBatch } from '#storage'
import { type ApiRig, apiRig, type Loose, START_MS } from '../testing/api-rig.ts'

async function monitor(rig: ApiRig, name = 'Shop'): Promise<string> {
  return (await rig.ask('POST', '/monitors', { name, url: 'https://a.example' })).body.id
}

async function open(rig: ApiRig, more: object = {}) {
  const made = await rig.ask('POST', '/incidents', { title: 'Checkout is slow', ...more })
  assert.equal(made.status, 201, made.text)
  return { ...made, path: `/incidents/${made.body.id}` }
}

/** An outage as the engine stores it. */
async function outage(rig: ApiRig): Promise<{ id: string; path: string; monitorId: string }> {
  const monitorId = await monitor(rig)
  const id = rig.newId('inc')
  const incident = {
    ...UNTOUCHED,
    id,
    accountId: rig.account.id,
    monitorId,
    monitorName: 'Shop',
    number: 1,
    startedAtMs: START_MS - 60_000,
    resolvedAtMs: null,
    resolution: null,
    severity: 'HIGH' as const,
    rootCause: 'expected status 200, got 500',
    rootCauseCategory: 'SERVER_ERROR' as const,
    affectedRegions: ['local'],
    checksFailed: 3,
    checksTotal: 3,
    evidence: null,
  }
  await rig.store.commit({ ...emptyBatch(START_MS), incidents: { opened: [incident], changed: [] } })
  return { id, path: `/incidents/${id}`, monitorId }
}

const said = (body: Loose) =>
  (body['updates'] as { status: string; message: string; by: { name: string } | null }[]).map(
    ({ status, message, by }) => [status, message, by?.name ?? null],
  )

test('people open an incident about several monitors, and it is found by each of them', async (t) => {
  const rig = await apiRig(t)
  const [a, b] = [await monitor(rig, 'A'), await monitor(rig, 'B')]
  const { body, headers, path } = await open(rig, { monitorIds: [a, b, a], message: 'We see it.', severity: 'LOW' })
  assert.equal(headers.get('location'), `/api/v1${path}`)
  assert.deepEqual(
    [body['incidentNumber'], body['title'], body['monitorId'], body['monitorName'], body['severity'], body.status],
    ['INC-00001', 'Checkout is slow', a, 'A', 'LOW', 'active'],
  )
  assert.deepEqual(body['monitors'], [
    { id: a, name: 'A', status: 'UP' },
    { id: b, name: 'B', status: 'UP' },
  ])
  assert.deepEqual(
    [body['isManual'], body['isPublic'], body['stage'], body['rootCause']],
    [true, true, 'investigating', null],
  )
  assert.deepEqual(said(body), [['investigating', 'We see it.', 'test']])
  for (const id of [a, b]) assert.equal((await rig.ask('GET', `/incidents?monitorId=${id}`)).body.count, 1)
  assert.equal((await rig.ask('GET', `/incidents?monitorId=${await monitor(rig, 'C')}`)).body.count, 0)
})

test('an incident of no monitor needs a title only; its number follows the others', async (t) => {
  const rig = await apiRig(t)
  await outage(rig)
  const { body } = await open(rig, { monitorIds: null })
  assert.deepEqual([body['incidentNumber'], body['monitorId'], body['monitors']], ['INC-00002', null, []])
  assert.deepEqual(said(body), [['investigating', 'Checkout is slow', 'test']])
})

test('an incident that is over can be written down, with the time when it began', async (t) => {
  const rig = await apiRig(t)
  const { body } = await open(rig, { status: 'resolved', startedAt: '2025-01-21T10:00:00Z' })
  assert.deepEqual(
    [body.status, body['startedAt'], body['duration'], body['mttr'], body['resolution']],
    ['resolved', '2025-01-21T10:00:00Z', 1800, 1800, 'manual'],
  )
})

test('a refused incident lists every problem, and leaves nothing', async (t) => {
  const rig = await apiRig(t)
  const other = await rig.newKey(await rig.newAccount())
  const foreign = await rig.askOpen('POST', '/monitors', '{"name":"x","url":"https://a.example"}', {
    'x-api-key': other,
    'content-type': 'application/json',
  })
  const long = (length: number) => 'x'.repeat(length)
  for (const body of [
    {},
    { title: ' ' },
    { title: long(201) },
    { title: 'a\nb' },
    { title: 'a', message: long(5_001) },
    { title: 'a', status: 'update' },
    { title: 'a', severity: 'BAD' },
    { title: 'a', monitorIds: ['mon_aaaaaaaaaaaaaaaa'] },
    { title: 'a', monitorIds: [foreign.body.id] },
    { title: 'a', monitorIds: Array.from({ length: 101 }, () => 'x') },
    { title: 'a', startedAt: 'soon' },
    { title: 'a', startedAt: '2025-01-21T11:30:00Z' },
    { title: 'a', startedAt: '1969-01-01' },
    { title: 'a', massage: 'x' },
  ])
    assert.equal((await rig.ask('POST', '/incidents', body)).status, 400, JSON.stringify(body).slice(0, 80))
  const both = await rig.ask('POST', '/incidents', { title: 'a', monitorIds: ['nope'], startedAt: 'soon' })
  assert.deepEqual(
    JSON.parse(both.text).details.map(({ path }: { path: string }) => path),
    ['startedAt', 'monitorIds[0]'],
  )
  assert.equal((await rig.ask('GET', '/incidents')).body.count, 0)
})

test('the timeline grows with what people say; resolved ends it, and only notes may follow', async (t) => {
  const rig = await apiRig(t)
  const { path } = await open(rig)
  const add = (body: object) => rig.ask('POST', `${path}/updates`, body)
  const identified = await add({ status: 'identified', message: 'It is the cache.' })
  assert.deepEqual([identified.status, identified.body['stage'], identified.body.status], [201, 'identified', 'active'])
  const note = await add({ message: 'Still at it.', isPublic: false })
  assert.equal(note.body['stage'], 'identified')
  const [, , last] = note.body['updates'] as { isPublic: boolean }[]
  assert.equal(last?.isPublic, false)
  await rig.clock.advanceBy(60_000)
  const resolved = await add({ status: 'resolved', message: 'Fixed.' })
  assert.deepEqual(
    [resolved.body.status, resolved.body['stage'], resolved.body['duration'], resolved.body['mttr']],
    ['resolved', 'resolved', 60, 60],
  )
  assert.deepEqual(said(resolved.body).at(-1), ['resolved', 'Fixed.', 'test'])
  const reopened = await add({ status: 'investigating', message: 'It is back.' })
  assert.deepEqual([reopened.status, reopened.body.code], [409, 'CONFLICT'])
  assert.equal((await add({ message: 'The report follows.' })).status, 201)
  assert.equal(said((await rig.ask('GET', path)).body).length, 5)
  for (const body of [{}, { message: '' }, { message: 'x', status: 'fixed' }, { message: 'x'.repeat(5_001) }])
    assert.equal((await add(body)).status, 400)
})

test('a timeline takes 500 entries', async (t) => {
  const rig = await apiRig(t)
  const { path, body } = await open(rig)
  const update = (n: number) => ({
    id: rig.newId('upd'),
    incidentId: body.id,
    atMs: START_MS,
    status: 'update' as const,
    message: `${n}`,
    isPublic: true,
    by: null,
  })
  const incidentUpdates = Array.from({ length: 498 }, (_, n) => update(n))
  await rig.store.commit({ ...emptyBatch(START_MS), incidentUpdates })
  assert.equal((await rig.ask('POST', `${path}/updates`, { message: 'the last' })).status, 201)
  assert.equal((await rig.ask('POST', `${path}/updates`, { message: 'one more' })).status, 409)
  assert.equal((await rig.ask('POST', `${path}/resolve`)).status, 200)
})

test('the first acknowledgement counts, a second changes nothing, and what is over takes none', async (t) => {
  const rig = await apiRig(t)
  const { path } = await outage(rig)
  assert.equal((await rig.ask('GET', '/incidents?acknowledged=false')).body.count, 1)
  const first = await rig.ask('POST', `${path}/acknowledge`)
  assert.deepEqual(
    [first.status, first.body['acknowledgedAt'], (first.body['acknowledgedBy'] as { name: string }).name],
    [200, '2025-01-21T10:30:00Z', 'test'],
  )
  await rig.clock.advanceBy(5_000)
  const second = await rig.ask('POST', `${path}/acknowledge`)
  assert.equal(second.body['acknowledgedAt'], '2025-01-21T10:30:00Z')
  assert.equal(said(second.body).length, 1)
  assert.equal((await rig.ask('GET', '/incidents?acknowledged=true')).body.count, 1)
  const { path: over } = await open(rig, { status: 'resolved' })
  assert.equal((await rig.ask('POST', `${over}/acknowledge`)).status, 409)
})

test('resolving by hand says what becomes of a monitor that is still DOWN; a second time changes nothing', async (t) => {
  const rig = await apiRig(t)
  const { path, monitorId } = await outage(rig)
  const state = rig.engine.states.get(monitorId)
  assert.ok(state)
  rig.engine.states.set(monitorId, { ...state, status: 'DOWN' })
  const resolved = await rig.ask('POST', `${path}/resolve`, { message: 'We switched over.' })
  assert.equal(resolved.status, 200)
  assert.match(String(resolved.body.warnings[0]), /"Shop" is still DOWN/)
  assert.deepEqual(
    [resolved.body['resolution'], (resolved.body['resolvedBy'] as { name: string }).name, resolved.body['duration']],
    ['manual', 'test', 60],
  )
  await rig.clock.advanceBy(5_000)
  const again = await rig.ask('POST', `${path}/resolve`)
  assert.deepEqual(
    [again.status, again.body['resolvedAt'], again.body.warnings],
    [200, '2025-01-21T10:30:00Z', undefined],
  )
  assert.deepEqual(said(again.body), [['resolved', 'We switched over.', 'test']])
})

test('what people set is theirs: PUT merges, null gives back what was found', async (t) => {
  const rig = await apiRig(t)
  const { path } = await outage(rig)
  const got = (await rig.ask('GET', path)).body
  assert.equal((await rig.ask('PUT', path, got)).status, 200)
  assert.equal((await rig.ask('PUT', path, got)).headers.get('etag')?.slice(0, 3), '"0.')
  const put = await rig.ask('PUT', path, {
    title: 'The shop',
    severity: 'CRITICAL',
    rootCauseCategory: 'DATABASE_ISSUE',
    assignee: 'ana@example.com',
    postMortem: '# What happened\nAll of it.',
    isPublic: false,
  })
  const shown = ({ body }: { body: Loose }) => [
    body['title'],
    body.severity,
    body['rootCause'],
    body['rootCauseCategory'],
    body['assignee'],
    body['isPublic'],
  ]
  const cause = 'expected status 200, got 500'
  assert.deepEqual(shown(put), ['The shop', 'CRITICAL', cause, 'DATABASE_ISSUE', 'ana@example.com', false])
  assert.match(String(put.body['postMortem']), /All of it/)
  assert.equal((await rig.ask('GET', '/incidents?severity=CRITICAL&category=DATABASE_ISSUE')).body.count, 1)
  assert.equal((await rig.ask('GET', '/incidents?severity=HIGH')).body.count, 0)
  const back = await rig.ask('PUT', path, { title: null, severity: null, rootCauseCategory: null, isPublic: null })
  assert.deepEqual(shown(back), ['Shop is down', 'HIGH', cause, 'SERVER_ERROR', 'ana@example.com', true])
  const { path: own } = await open(rig, { severity: 'HIGH' })
  assert.equal((await rig.ask('PUT', own, { title: null })).status, 400)
  assert.equal((await rig.ask('PUT', own, { severity: null })).body.severity, 'MEDIUM')
  for (const body of [{ severity: 'BAD' }, { postMortem: 'x'.repeat(50_001) }, { rootCause: '' }, { titel: 'x' }])
    assert.equal((await rig.ask('PUT', path, body)).status, 400)
})

test('an edit of what was changed meanwhile is refused, one after an acknowledgement is not', async (t) => {
  const rig = await apiRig(t)
  const { path } = await open(rig)
  const etag = (await rig.ask('GET', path)).headers.get('etag') ?? ''
  await rig.ask('POST', `${path}/acknowledge`)
  assert.equal((await rig.ask('PUT', path, { title: 'b' }, { 'if-match': etag })).status, 200)
  const stale = await rig.ask('PUT', path, { title: 'c' }, { 'if-match': etag })
  assert.equal(stale.status, 412)
  assert.equal((await rig.ask('GET', path)).body['title'], 'b')
})

test('only what people opened can be deleted, and then it is gone from every list', async (t) => {
  const rig = await apiRig(t)
  const found = await outage(rig)
  assert.equal((await rig.ask('DELETE', found.path)).status, 409)
  const { path } = await open(rig, { monitorIds: [found.monitorId] })
  const deleted = await rig.ask('DELETE', path)
  assert.deepEqual(deleted.body, { success: true, message: 'Incident deleted successfully' })
  assert.equal((await rig.ask('GET', path)).status, 404)
  assert.equal((await rig.ask('GET', `/incidents?monitorId=${found.monitorId}`)).body.count, 1)
  assert.equal((await rig.ask('GET', '/incidents')).body.count, 1)
})

test("every verb answers 404 for another account's incident, and changes nothing", async (t) => {
  const rig = await apiRig(t)
  const { path } = await open(rig)
  const before = await rig.ask('GET', path)
  const key = { 'x-api-key': await rig.newKey(await rig.newAccount()), 'content-type': 'application/json' }
  for (const [method, end, body] of [
    ['GET', '', undefined],
    ['PUT', '', '{"title":"x"}'],
    ['POST', '/updates', '{"message":"x"}'],
    ['POST', '/acknowledge', '{}'],
    ['POST', '/resolve', '{}'],
    ['DELETE', '', undefined],
  ] as const)
    assert.equal((await rig.askOpen(method, `${path}${end}`, body, key)).status, 404, `${method} ${end}`)
  assert.equal((await rig.ask('GET', path)).text, before.text)
})

test('each change is in the audit log with who, before and after', async (t) => {
  const rig = await apiRig(t)
  const { path } = await open(rig)
  await rig.ask('PUT', path, { severity: 'LOW' })
  await rig.ask('POST', `${path}/acknowledge`)
  await rig.ask('POST', `${path}/updates`, { message: 'So far so good.' })
  await rig.ask('POST', `${path}/resolve`)
  await rig.ask('POST', `${path}/resolve`)
  await rig.ask('DELETE', path)
  const { body } = await rig.ask('GET', '/audit-log')
  const entries = body['entries'] as { action: string; before: unknown; after: unknown }[]
  assert.deepEqual(entries.map(({ action }) => action).reverse(), [
    'incident.created',
    'incident.updated',
    'incident.acknowledged',
    'incident.update_added',
    'incident.resolved',
    'incident.deleted',
  ])
  assert.deepEqual([entries.at(-2)?.before, entries.at(-2)?.after], [{ severity: 'MEDIUM' }, { severity: 'LOW' }])
})

test('search finds a part of title, monitor, cause or number as plain text', async (t) => {
  const rig = await apiRig(t)
  await outage(rig)
  await open(rig, { title: '100%_sure Überall', rootCause: 'A cable' })
  const count = async (search: string) =>
    (await rig.ask('GET', `/incidents?search=${encodeURIComponent(search)}`)).body.count
  assert.deepEqual(
    [
      await count('SHOP'),
      await count('got 500'),
      await count('überALL'),
      await count('cable'),
      await count('inc-00002'),
    ],
    [1, 1, 1, 1, 1],
  )
  assert.deepEqual([await count('%'), await count('_'), await count('nothing'), await count('')], [1, 1, 0, 2])
})
