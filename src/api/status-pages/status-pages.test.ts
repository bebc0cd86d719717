import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const PATH = '/status-pages'
const PAGE = { name: 'Public Status', slug: 'status' }

async function monitor(rig: ApiRig, name = 'Shop', headers: { [name: string]: string } = {}): Promise<string> {
  const made = await rig.ask('POST', '/monitors', { name, url: 'https://a.example' }, headers)
  assert.equal(made.status, 201, made.text)
  return made.body.id
}

async function create(rig: ApiRig, more: object = {}) {
  const made = await rig.ask('POST', PATH, { ...PAGE, ...more })
  assert.equal(made.status, 201, made.text)
  return { id: made.body.id, path: `${PATH}/${made.body.id}`, body: made.body, headers: made.headers }
}

function shown(body: { [field: string]: unknown }): [string, string, string | null][] {
  const monitors = JSON.parse(JSON.stringify(body['monitors']))
  return monitors.map((one: { [field: string]: string }) => [one['monitorId'], one['displayName'], one['group']])
}

test('a page is made with its groups and monitors, and answered whole', async (t) => {
  const rig = await apiRig(t)
  const [shop, blog] = [await monitor(rig), await monitor(rig, 'Blog')]
  const { id, path, body, headers } = await create(rig, {
    customDomain: 'Status.Example.com',
    description: 'Two\nlines',
    brandColor: '#1a73e8',
    timezone: 'Europe/Berlin',
    groups: [{ name: 'API', description: 'What others call', collapsed: true }, { name: 'Web' }],
    monitors: [{ monitorId: blog, displayName: 'Our blog', group: 'Web', showResponseTime: true }, { monitorId: shop }],
  })
  assert.match(id, /^sp_[a-z0-9]{16}$/)
  assert.equal(headers.get('location'), `/api/v1${path}`)
  const got = (await rig.ask('GET', path)).body
  assert.deepEqual(got, body)
  const { monitors: _monitors, ...rest } = got
  assert.deepEqual(rest, {
    id,
    name: 'Public Status',
    slug: 'status',
    customDomain: 'status.example.com',
    isPublic: true,
    monitorCount: 2,
    url: 'https://status.example.com',
    status: 'OPERATIONAL',
    statusText: 'All Systems Operational',
    description: 'Two\nlines',
    companyName: null,
    theme: 'system',
    brandColor: '#1a73e8',
    logoUrl: null,
    faviconUrl: null,
    timezone: 'Europe/Berlin',
    groups: [
      { name: 'API', description: 'What others call', collapsed: true, status: 'UNKNOWN' },
      { name: 'Web', description: null, collapsed: false, status: 'OPERATIONAL' },
    ],
    createdAt: '2025-01-21T10:30:00Z',
    updatedAt: '2025-01-21T10:30:00Z',
  })
  assert.deepEqual(shown(got), [
    [blog, 'Our blog', 'Web'],
    [shop, 'Shop', null],
  ])
})

test('pages are listed as rows, newest first', async (t) => {
  const rig = await apiRig(t)
  const first = await create(rig, { monitorIds: [await monitor(rig)] })
  await rig.clock.advanceBy(1000)
  const second = await create(rig, { slug: 'second', isPublic: false, customDomain: 'status.example.com' })
  const { status, text } = await rig.ask('GET', PATH)
  assert.equal(status, 200)
  const { statusPages, count, hasMore } = JSON.parse(text)
  assert.deepEqual([count, hasMore], [2, false])
  assert.deepEqual(
    statusPages.map((row: { [field: string]: unknown }) => [
      row['id'],
      row['slug'],
      row['isPublic'],
      row['monitorCount'],
      row['url'],
    ]),
    [
      [second.id, 'second', false, 0, 'https://status.example.com'],
      [first.id, 'status', true, 1, `${rig.url}/s/status`],
    ],
  )
  const page = JSON.parse((await rig.ask('GET', `${PATH}?limit=1&offset=1`)).text)
  assert.deepEqual([page.statusPages.length, page.statusPages[0].id, page.count, page.hasMore], [1, first.id, 2, false])
  assert.equal((await rig.ask('GET', `${PATH}?limit=0`)).status, 400)
})

test('what GET answers can be PUT back and changes nothing', async (t) => {
  const rig = await apiRig(t)
  const [shop, blog] = [await monitor(rig), await monitor(rig, 'Blog')]
  const { path, id } = await create(rig, {
    groups: [{ name: 'API', collapsed: true }],
    monitors: [
      { monitorId: shop, group: 'API' },
      { monitorId: blog, displayName: 'Our blog' },
    ],
  })
  const stored = await rig.store.statusPages.get(rig.account.id, id)
  const got = await rig.ask('GET', path)
  await rig.clock.advanceBy(5000)
  const put = await rig.ask('PUT', path, got.body, { 'if-match': got.headers.get('etag') ?? '' })
  assert.equal(put.status, 200, put.text)
  assert.deepEqual(await rig.store.statusPages.get(rig.account.id, id), stored)
  // No name of its own was chosen, so it still follows the monitor.
  await rig.ask('PUT', `/monitors/${shop}`, { name: 'Store' })
  assert.equal(shown((await rig.ask('GET', path)).body)[0]?.[1], 'Store')
})

test('only given fields change, and null asks for the default', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig, { companyName: 'Example', theme: 'dark', isPublic: false, description: 'x' })
  await rig.clock.advanceBy(5000)
  const { body } = await rig.ask('PUT', path, { name: 'New', theme: null, isPublic: null, description: null })
  assert.deepEqual(
    [body.name, body['theme'], body['isPublic'], body.description, body['companyName'], body['slug'], body.updatedAt],
    ['New', 'system', true, null, 'Example', 'status', '2025-01-21T10:30:05Z'],
  )
})

test('lists replace what was there, and keep what is left out of a monitor or group that stays', async (t) => {
  const rig = await apiRig(t)
  const [a, b, c] = [await monitor(rig, 'A'), await monitor(rig, 'B'), await monitor(rig, 'C')]
  const { path } = await create(rig, {
    monitors: [
      { monitorId: a, displayName: 'Eh', group: 'One', showResponseTime: true },
      { monitorId: b, group: 'Two' },
    ],
  })
  const layout = async (body: object) => {
    const put = await rig.ask('PUT', path, body)
    assert.equal(put.status, 200, put.text)
    const groups: { name: string; collapsed: boolean }[] = JSON.parse(put.text).groups
    return [groups.map(({ name, collapsed }) => `${name}${collapsed ? ' closed' : ''}`), shown(put.body)]
  }
  assert.deepEqual(await layout({ monitorIds: [c, b, a] }), [
    ['One', 'Two'],
    [
      [c, 'C', null],
      [b, 'B', 'Two'],
      [a, 'Eh', 'One'],
    ],
  ])
  assert.deepEqual(await layout({ groups: [{ name: 'Two', collapsed: true }, { name: 'One' }] }), [
    ['Two closed', 'One'],
    [
      [c, 'C', null],
      [b, 'B', 'Two'],
      [a, 'Eh', 'One'],
    ],
  ])
  assert.deepEqual(await layout({ groups: [{ name: 'Two' }] }), [
    ['Two closed'],
    [
      [c, 'C', null],
      [b, 'B', 'Two'],
      [a, 'Eh', null],
    ],
  ])
  assert.deepEqual(
    await layout({
      monitors: [
        { id: a, displayName: null, group: 'Three' },
        { monitorId: b, group: null },
      ],
    }),
    [
      ['Two closed', 'Three'],
      [
        [a, 'A', 'Three'],
        [b, 'B', null],
      ],
    ],
  )
  assert.deepEqual(await layout({ monitors: null, groups: null }), [[], []])
})

test('a slug and a domain belong to one page of the instance, and are free once it is deleted', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig, { customDomain: 'status.example.com' })
  const stranger = { 'x-api-key': await rig.newKey(await rig.newAccount()) }
  const ask = (body: object) => rig.ask('POST', PATH, { ...PAGE, ...body }, stranger)
  for (const [body, field] of [
    [{}, 'slug'],
    [{ slug: 'other', customDomain: 'STATUS.example.com.' }, 'customDomain'],
  ] as const) {
    const refused = await ask(body)
    assert.deepEqual([refused.status, refused.body.code], [409, 'CONFLICT'])
    assert.deepEqual(refused.body['details'], [{ path: field, message: 'is taken by another status page' }])
  }
  const other = await create(rig, { slug: 'mine' })
  assert.equal((await rig.ask('PUT', other.path, { slug: 'status' })).status, 409)
  assert.equal((await rig.ask('GET', other.path)).body['slug'], 'mine')
  const deleted = await rig.ask('DELETE', path)
  assert.deepEqual(deleted.body, { success: true, message: 'Status page deleted successfully' })
  assert.equal((await ask({ customDomain: 'status.example.com' })).status, 201)
})

test('bad pages are refused with every bad field, and nothing is stored', async (t) => {
  const rig = await apiRig(t)
  const own = await monitor(rig)
  const foreign = await monitor(rig, 'x', { 'x-api-key': await rig.newKey(await rig.newAccount()) })
  const bad: [object, RegExp][] = [
    [{ name: undefined, slug: undefined }, /name: is required; slug: is required/],
    [{ slug: 'Status' }, /slug: expected 1 to 63/],
    [{ slug: 'api' }, /slug: "api" is reserved/],
    [{ slug: null }, /slug: expected a text/],
    [{ name: ' ' }, /name: expected a text of 1 to 200/],
    [{ customDomain: 'https://status.example.com/' }, /customDomain: expected a host name/],
    [{ customDomain: '127.0.0.1' }, /customDomain: expected a host name/],
    [{ brandColor: 'red' }, /brandColor: expected a colour/],
    [{ brandColor: '#12345678' }, /brandColor/],
    [{ logoUrl: 'javascript:alert(1)', faviconUrl: 'data:,x' }, /logoUrl: expected an address.*faviconUrl: expected/],
    [{ theme: 'blue' }, /theme: .*"dark"/],
    [{ timezone: 'Mars/Olympus' }, /timezone: expected an IANA time zone/],
    [{ timezone: '+02:00' }, /timezone/],
    [{ isPublic: 'yes' }, /isPublic: expected true or false/],
    [{ monitors: [{ monitorId: own }, { monitorId: foreign }] }, /monitors\[1\]\.monitorId: there is no monitor/],
    [{ monitorIds: ['mon_aaaaaaaaaaaaaaaa', own] }, /monitorIds\[0\]: there is no monitor/],
    [{ monitorIds: [own, own] }, /monitorIds\[1\]: is on the page twice/],
    [{ monitorIds: [own], monitors: [] }, /monitorIds: says the same as monitors/],
    [{ monitors: [{ displayName: 'x' }] }, /monitors\[0\]\.monitorId: is required/],
    [{ monitors: [{ monitorId: own, id: 'mon_aaaaaaaaaaaaaaaa' }] }, /monitors\[0\]\.id: is another monitor/],
    [{ monitors: [{ monitorId: own, dispayName: 'x' }] }, /monitors\[0\]\.dispayName: .*did you mean "displayName"/],
    [{ monitors: [{ monitorId: own, displayName: 'a\nb' }] }, /monitors\[0\]\.displayName/],
    [{ groups: [{ name: 'APIs' }], monitors: [{ monitorId: own, group: 'API' }] }, /group: .*did you mean "APIs"/],
    [{ groups: [{ name: 'A' }, { name: ' a' }] }, /groups\[1\]\.name: is the name of another group/],
    [{ groups: [{ title: 'A' }] }, /groups\[0\]\.name: is required/],
    [{ colour: '#fff' }, /colour: is not a known field/],
    [{ monitorIds: Array(1001).fill(own) }, /monitorIds: expected a list of at most 1000/],
  ]
  for (const [body, message] of bad) {
    const refused = await rig.ask('POST', PATH, { ...PAGE, ...body })
    assert.equal(refused.status, 400, refused.text)
    assert.match(refused.body.error, message)
  }
  assert.equal((await rig.ask('GET', PATH)).body.count, 0)
  const { path, id } = await create(rig)
  const before = await rig.store.statusPages.get(rig.account.id, id)
  for (const [body] of bad.slice(1)) assert.equal((await rig.ask('PUT', path, body)).status, 400, JSON.stringify(body))
  assert.deepEqual(await rig.store.statusPages.get(rig.account.id, id), before)
})

test("another account's page is unknown, whatever is asked of it", async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  const stranger = { 'x-api-key': await rig.newKey(await rig.newAccount()) }
  for (const [method, body] of [['GET'], ['PUT', { name: 'Mine' }], ['DELETE']] as const)
    assert.equal((await rig.ask(method, path, body, stranger)).status, 404, method)
  assert.equal((await rig.ask('GET', PATH, undefined, stranger)).body.count, 0)
  for (const id of ['sp_aaaaaaaaaaaaaaaa', 'sp_', "sp_' or 1=1--", 'mon_aaaaaaaaaaaaaaaa'])
    assert.equal((await rig.ask('GET', `${PATH}/${encodeURIComponent(id)}`)).status, 404, id)
  assert.equal((await rig.ask('GET', path)).body.name, 'Public Status')
})

test('a key needs write to make and change a page, delete to delete it', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  const allowed = async (permission: 'read' | 'write' | 'delete') => {
    const headers = { 'x-api-key': await rig.newKey(rig.account, [permission]) }
    const asked = [
      rig.ask('GET', path, undefined, headers),
      rig.ask('POST', PATH, { ...PAGE, slug: 'x' }, headers),
      rig.ask('PUT', path, { name: 'x' }, headers),
    ]
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    return [...statuses, (await rig.ask('DELETE', path, undefined, headers)).status]
  }
  assert.deepEqual(await allowed('read'), [200, 403, 403, 403])
  assert.deepEqual(await allowed('write'), [403, 201, 200, 403])
  assert.deepEqual(await allowed('delete'), [403, 403, 403, 200])
})

test('the plan limits pages, also for many that are made at once', async (t) => {
  const rig = await apiRig(t, { plan: 'STARTER' })
  const made = await Promise.all(
    Array.from({ length: 6 }, (_, n) => rig.ask('POST', PATH, { name: 'a', slug: `page-${n}` })),
  )
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, 201, 201, 403, 403, 403])
  const refused = made.find(({ status }) => status === 403)
  assert.match(refused?.body.error ?? '', /The STARTER plan allows 3 status pages, and this account has 3/)
  assert.equal((await rig.ask('GET', PATH)).body.count, 3)
})

test('a stale edit is refused, and a check that ran meanwhile makes none stale', async (t) => {
  const rig = await apiRig(t)
  const shop = await monitor(rig)
  const { path, headers } = await create(rig, { monitorIds: [shop] })
  const etag = headers.get('etag') ?? ''
  const state = rig.engine.states.get(shop)
  assert.ok(state)
  rig.engine.states.set(shop, { ...state, status: 'DOWN' })
  const changed = await rig.ask('PUT', path, { name: 'b' }, { 'if-match': etag })
  assert.deepEqual([changed.status, changed.body.status], [200, 'MAJOR_OUTAGE'])
  assert.notEqual(changed.headers.get('etag'), etag)
  assert.equal((await rig.ask('PUT', path, { name: 'c' }, { 'if-match': etag })).status, 412)
  assert.equal((await rig.ask('DELETE', path, undefined, { 'if-match': etag })).status, 412)
  const read = await rig.ask('GET', path)
  const again = await rig.ask('GET', path, undefined, { 'if-none-match': read.headers.get('etag') ?? '' })
  assert.deepEqual([read.body.name, again.status], ['b', 304])
})

test('a repeat with the same Idempotency-Key makes no second page', async (t) => {
  const rig = await apiRig(t)
  const headers = { 'idempotency-key': 'once' }
  const first = await rig.ask('POST', PATH, PAGE, headers)
  const second = await rig.ask('POST', PATH, PAGE, headers)
  assert.deepEqual([second.status, second.body.id], [201, first.body.id])
  assert.equal((await rig.ask('GET', PATH)).body.count, 1)
})

test('who made, changed and deleted a page is in the audit log', async (t) => {
  const rig = await apiRig(t)
  const { path, id } = await create(rig)
  await rig.ask('PUT', path, { name: 'New' })
  await rig.ask('PUT', path, { name: 'New' })
  await rig.ask('DELETE', path)
  const { rows } = await rig.store.audit.list(rig.account.id, { targetId: id }, { limit: 10, offset: 0 })
  assert.deepEqual(
    rows.map(({ action, before, after }) => [action, before?.['name'] ?? null, after?.['name'] ?? null]),
    [
      ['statusPage.deleted', 'New', null],
      ['statusPage.updated', 'Public Status', 'New'],
      ['statusPage.created', null, 'Public Status'],
    ],
  )
})

test('a deleted monitor leaves the page', async (t) => {
  const rig = await apiRig(t)
  const [shop, blog] = [await monitor(rig), await monitor(rig, 'Blog')]
  const { path } = await create(rig, { monitorIds: [shop, blog] })
  await rig.ask('DELETE', `/monitors/${shop}`)
  const { body } = await rig.ask('GET', path)
  assert.deepEqual([body['monitorCount'], shown(body)], [1, [[blog, 'Blog', null]]])
})
