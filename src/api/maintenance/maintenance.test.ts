import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const PATH = '/maintenance-windows'
const WINDOW = { title: 'Upgrade', startsAt: '2025-01-22T02:00:00Z', endsAt: '2025-01-22T04:00:00Z' }
const HOUR_MS = 3_600_000

async function monitor(rig: ApiRig, headers: { [name: string]: string } = {}): Promise<string> {
  const made = await rig.ask('POST', '/monitors', { name: 'Shop', url: 'https://a.example' }, headers)
  assert.equal(made.status, 201, made.text)
  return made.body.id
}

async function create(rig: ApiRig, more: object = {}) {
  const made = await rig.ask('POST', PATH, { ...WINDOW, ...more })
  assert.equal(made.status, 201, made.text)
  return { id: made.body.id, path: `${PATH}/${made.body.id}`, body: made.body, headers: made.headers }
}

/** The problems that a body is refused for, as `path: message`. */
async function refusal(rig: ApiRig, body: object, method = 'POST', path = PATH): Promise<string[]> {
  const { status, text } = await rig.ask(method, path, body)
  assert.equal(status, 400, text)
  const details: { path: string; message: string }[] = JSON.parse(text).details
  return details.map((problem) => `${problem.path}: ${problem.message}`)
}

async function ids(rig: ApiRig, query: string): Promise<string[]> {
  const { status, text } = await rig.ask('GET', `${PATH}?${query}`)
  assert.equal(status, 200, text)
  return JSON.parse(text).maintenanceWindows.map(({ id }: { id: string }) => id)
}

test('a window is made, answered whole with when it takes place, and stored through the engine', async (t) => {
  const rig = await apiRig(t)
  const shop = await monitor(rig)
  const { id, path, body, headers } = await create(rig, {
    description: 'New disks',
    monitorIds: [shop],
    timezone: 'Europe/Berlin',
    recurrence: { frequency: 'weekly', weekdays: ['WED', 'SUN'], count: 3 },
  })
  assert.match(id, /^mw_[a-z0-9]{16}$/)
  assert.equal(headers.get('location'), `/api/v1${path}`)
  assert.deepEqual(body, (await rig.ask('GET', path)).body)
  assert.deepEqual(body, {
    id,
    ...WINDOW,
    description: 'New disks',
    monitorIds: [shop],
    allMonitors: false,
    timezone: 'Europe/Berlin',
    recurrence: { frequency: 'weekly', interval: 1, weekdays: ['WED', 'SUN'], until: null, count: 3 },
    status: 'SCHEDULED',
    currentOccurrence: null,
    nextOccurrences: [
      { startsAt: '2025-01-22T02:00:00Z', endsAt: '2025-01-22T04:00:00Z' },
      { startsAt: '2025-01-26T02:00:00Z', endsAt: '2025-01-26T04:00:00Z' },
      { startsAt: '2025-01-29T02:00:00Z', endsAt: '2025-01-29T04:00:00Z' },
    ],
    createdAt: '2025-01-21T10:30:00Z',
    updatedAt: '2025-01-21T10:30:00Z',
  })
  assert.deepEqual(
    rig.engine.calls.filter(([name]) => name === 'saveMaintenance'),
    [['saveMaintenance', id]],
  )
})

test('without monitors it is about all of them; a word is a recurrence with all defaults', async (t) => {
  const rig = await apiRig(t)
  const all = await create(rig, { recurrence: 'monthly' })
  assert.deepEqual([all.body['allMonitors'], all.body['monitorIds']], [true, []])
  assert.deepEqual(all.body['recurrence'], {
    frequency: 'monthly',
    interval: 1,
    dayOfMonth: 22,
    until: null,
    count: null,
  })
  assert.equal((await create(rig, { monitorIds: [], recurrence: 'none' })).body['recurrence'], null)
  assert.equal((await create(rig, { allMonitors: true, recurrence: null })).body['allMonitors'], true)
})

test('a time without a zone is by the clocks of the window, also a date that it ends with', async (t) => {
  const rig = await apiRig(t)
  const { body } = await create(rig, {
    startsAt: '2025-06-01T02:00:00',
    endsAt: '2025-06-01T04:00',
    timezone: 'Europe/Berlin',
    recurrence: { frequency: 'daily', until: '2025-06-02' },
  })
  assert.deepEqual([body['startsAt'], body['endsAt']], ['2025-06-01T00:00:00Z', '2025-06-01T02:00:00Z'])
  assert.deepEqual(body['recurrence'], { frequency: 'daily', interval: 1, until: '2025-06-02T21:59:59Z', count: null })
  assert.equal(JSON.parse(JSON.stringify(body['nextOccurrences'])).length, 2)
})

test('every bad field is named at once, and nothing is stored', async (t) => {
  const rig = await apiRig(t)
  assert.deepEqual(await refusal(rig, { title: ' ', startsAt: 1, timezon: 'UTC' }), [
    'endsAt: is required',
    'title: expected a text of 1 to 200 characters on one line, not only blanks, got " "',
    'startsAt: expected a text of at most 40 characters, got 1',
    'timezon: is not a known field; did you mean "timezone"?',
  ])
  assert.deepEqual(
    await refusal(rig, {
      ...WINDOW,
      startsAt: 'tomorrow',
      timezone: 'Mars/Olympus',
      monitorIds: ['mon_0000000000000000', 'x'],
      recurrence: { frequency: 'daily', weekdays: ['MON'], interval: 0, cout: 3 },
    }),
    [
      'recurrence.interval: expected a whole number from 1 to 366, or null, got 0',
      'recurrence.cout: is not a known field; did you mean "count"?',
    ],
  )
  assert.deepEqual(
    await refusal(rig, {
      ...WINDOW,
      startsAt: 'tomorrow',
      timezone: 'Mars/Olympus',
      monitorIds: ['mon_0000000000000000', 'x'],
      recurrence: { frequency: 'daily', weekdays: ['MON'], until: '2025-02-30', count: 3 },
    }),
    [
      'timezone: expected an IANA time zone such as Europe/Berlin, got "Mars/Olympus"',
      'startsAt: expected a time such as 2025-01-21T10:30:00Z',
      'recurrence.weekdays: is for weekly windows; this one is daily',
      'recurrence.count: says another end than until; send one of them',
      'recurrence.until: expected a date or a time such as 2025-12-31',
      'monitorIds[0]: there is no monitor "mon_0000000000000000"',
      'monitorIds[1]: there is no monitor "x"',
    ],
  )
  assert.deepEqual(await ids(rig, ''), [])
})

test('a window that ends before it begins, is over, overlaps itself or never takes place is refused', async (t) => {
  const rig = await apiRig(t)
  const one = async (more: object) => (await refusal(rig, { ...WINDOW, ...more })).join('; ')
  assert.equal(await one({ endsAt: WINDOW.startsAt }), 'endsAt: must be after startsAt')
  assert.match(await one({ endsAt: '2026-06-01T00:00:00Z' }), /^endsAt: is more than 366 days/)
  assert.match(
    await one({ startsAt: '2025-01-20T02:00:00Z', endsAt: '2025-01-20T03:00:00Z' }),
    /^endsAt: is in the past/,
  )
  assert.match(await one({ startsAt: '1999-01-20T02:00:00Z' }), /^startsAt: must be from 2000/)
  assert.match(
    await one({ endsAt: '2025-01-23T04:00:00Z', recurrence: 'daily' }),
    /^endsAt: is after the next occurrence/,
  )
  const never = { startsAt: '2025-02-01T02:00:00Z', endsAt: '2025-02-01T03:00:00Z' }
  const recurrence = { frequency: 'monthly', interval: 12, dayOfMonth: 30 }
  assert.match(await one({ ...never, recurrence }), /^recurrence: never takes place/)
  assert.match(await one({ recurrence: { frequency: 'daily', until: '2025-01-21' } }), /^recurrence: never takes place/)
  const past = { startsAt: '2024-01-01T02:00:00Z', endsAt: '2024-01-01T03:00:00Z' }
  assert.match(await one({ ...past, recurrence: { frequency: 'daily', count: 5 } }), /^recurrence: takes place no more/)
  assert.match(await one({ recurrence: { frequency: 'monthly', weekday: 'SUN' } }), /weekOfMonth: is needed/)
  assert.match(await one({ recurrence: { frequency: 'monthly', dayOfMonth: 0 } }), /dayOfMonth: expected 1 to 31/)
  assert.match(await one({ timezone: 'SystemV/AST4' }), /^timezone: expected an IANA time zone/)
  assert.match(await one({ timezone: '+02:00' }), /^timezone: expected an IANA time zone/)
  assert.match(await one({ recurrence: 'yearly' }), /^recurrence: expected an object with a frequency/)
  assert.match(await one({ allMonitors: false }), /^monitorIds: name at least one monitor/)
  assert.match(await one({ allMonitors: true, monitorIds: [await monitor(rig)] }), /^allMonitors: says all/)
})

test("another account's monitor is refused like one that is not there, and its window is a 404", async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey(await rig.newAccount())
  const foreign = await monitor(rig, { 'x-api-key': key })
  assert.deepEqual(await refusal(rig, { ...WINDOW, monitorIds: [foreign] }), [
    `monitorIds[0]: there is no monitor "${foreign}"`,
  ])
  const { path } = await create(rig)
  for (const [method, body] of [['GET'], ['PUT', { title: 'Mine' }], ['DELETE']] as const) {
    assert.equal((await rig.ask(method, path, body, { 'x-api-key': key })).status, 404)
  }
  assert.equal((await rig.ask('GET', path)).body['title'], WINDOW.title)
})

test('what GET answers can be PUT back and changes nothing; a stale change is refused', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig, {
    monitorIds: [await monitor(rig)],
    recurrence: { frequency: 'monthly', weekOfMonth: -1, weekday: 'SUN', until: '2025-12-31' },
  })
  const got = await rig.ask('GET', path)
  const saved = rig.engine.calls.length
  const back = await rig.ask('PUT', path, got.body, { 'if-match': got.headers.get('etag') ?? '' })
  assert.deepEqual([back.status, back.body], [200, got.body])
  assert.equal(rig.engine.calls.length, saved)
  await rig.clock.advanceBy(5_000)
  const changed = await rig.ask('PUT', path, { title: 'Other', description: 'Why' })
  assert.deepEqual([changed.body['title'], changed.body['updatedAt']], ['Other', '2025-01-21T10:30:05Z'])
  assert.deepEqual(changed.body['recurrence'], got.body['recurrence'])
  const stale = await rig.ask('PUT', path, { title: 'Third' }, { 'if-match': got.headers.get('etag') ?? '' })
  assert.equal(stale.status, 412)
  const reset = await rig.ask('PUT', path, { description: null, recurrence: null, timezone: null })
  assert.deepEqual([reset.body['description'], reset.body['recurrence'], reset.body['timezone']], [null, null, 'UTC'])
})

test('a window moves between named monitors and all of them, and a deleted monitor leaves it', async (t) => {
  const rig = await apiRig(t)
  const shop = await monitor(rig)
  const { path } = await create(rig, { monitorIds: [shop] })
  const all = await rig.ask('PUT', path, { monitorIds: [] })
  assert.deepEqual([all.body['allMonitors'], all.body['monitorIds']], [true, []])
  const one = await rig.ask('PUT', path, { monitorIds: [shop, shop] })
  assert.deepEqual([one.body['allMonitors'], one.body['monitorIds']], [false, [shop]])
  await rig.ask('DELETE', `/monitors/${shop}`)
  const left = await rig.ask('GET', path)
  assert.deepEqual([left.body['allMonitors'], left.body['monitorIds']], [false, []])
  const back = await rig.ask('PUT', path, { ...left.body, title: 'Other' })
  assert.deepEqual([back.status, back.body['allMonitors'], back.body['monitorIds']], [200, false, []])
})

test('cancelling ends it and keeps it; a window that is over takes no change', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  await rig.clock.advanceTo(Date.UTC(2025, 0, 22, 3))
  const running = (await rig.ask('GET', path)).body
  assert.deepEqual(
    [running.status, running['currentOccurrence']],
    ['IN_PROGRESS', { startsAt: WINDOW.startsAt, endsAt: WINDOW.endsAt }],
  )
  const cancelled = await rig.ask('DELETE', path)
  assert.deepEqual(
    [cancelled.status, cancelled.text],
    [200, '{"success":true,"message":"Maintenance window cancelled successfully"}'],
  )
  const shown = (await rig.ask('GET', path)).body
  assert.deepEqual([shown.status, shown['currentOccurrence'], shown['nextOccurrences']], ['CANCELLED', null, []])
  assert.equal((await rig.ask('DELETE', path)).status, 200)
  assert.equal((await rig.ask('PUT', path, shown)).status, 200)
  const refused = await rig.ask('PUT', path, { ...shown, title: 'Other' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'CONFLICT'])
  const over = await create(rig, { startsAt: '2025-01-22T03:00:00Z' })
  await rig.clock.advanceBy(2 * HOUR_MS)
  assert.equal((await rig.ask('GET', over.path)).body.status, 'COMPLETED')
  assert.equal((await rig.ask('DELETE', over.path)).status, 409)
})

test('moving the end of a running window into the past ends it', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  await rig.clock.advanceTo(Date.UTC(2025, 0, 22, 3))
  const ended = await rig.ask('PUT', path, { endsAt: '2025-01-22T02:30:00Z' })
  assert.deepEqual([ended.status, ended.body.status], [200, 'COMPLETED'])
})

test('windows are listed latest start first, filtered by status, monitor and time', async (t) => {
  const rig = await apiRig(t)
  const shop = await monitor(rig)
  const all = await create(rig)
  const named = await create(rig, { monitorIds: [shop], startsAt: '2025-01-22T03:00:00Z' })
  const daily = await create(rig, {
    startsAt: '2025-01-21T02:00:00Z',
    endsAt: '2025-01-21T03:00:00Z',
    recurrence: 'daily',
  })
  await rig.ask('DELETE', named.path)
  assert.deepEqual(await ids(rig, ''), [named.id, all.id, daily.id])
  assert.deepEqual(await ids(rig, 'limit=1&page=2'), [all.id])
  assert.deepEqual(await ids(rig, 'status=SCHEDULED'), [all.id, daily.id])
  assert.deepEqual(await ids(rig, 'status=CANCELLED'), [named.id])
  assert.deepEqual(await ids(rig, `monitorId=${shop}`), [named.id, all.id, daily.id])
  assert.deepEqual(await ids(rig, 'monitorId=mon_0000000000000000'), [all.id, daily.id])
  assert.deepEqual(await ids(rig, 'from=2025-03-01T02:30:00Z&to=2025-03-01T02:40:00Z'), [daily.id])
  assert.deepEqual(await ids(rig, 'from=2025-03-01T03:00:00Z&to=2025-03-02T02:00:00Z'), [])
  assert.equal((await rig.ask('GET', `${PATH}?status=OPEN`)).status, 400)
  assert.equal((await rig.ask('GET', `${PATH}?from=soon`)).status, 400)
})

test('each change is in the audit log', async (t) => {
  const rig = await apiRig(t)
  const { path, id } = await create(rig)
  await rig.ask('PUT', path, { title: 'Other' })
  await rig.ask('DELETE', path)
  const { text } = await rig.ask('GET', '/audit-log')
  const told = JSON.parse(text).entries ?? JSON.parse(text).auditLog
  assert.deepEqual(
    told.map((entry: { action: string; target: { id: string } }) => [entry.action, entry.target.id]),
    [
      ['maintenance.cancelled', id],
      ['maintenance.updated', id],
      ['maintenance.created', id],
    ],
  )
})

test('the same key creates one window', async (t) => {
  const rig = await apiRig(t)
  const headers = { 'idempotency-key': 'once' }
  const [first, second] = [await rig.ask('POST', PATH, WINDOW, headers), await rig.ask('POST', PATH, WINDOW, headers)]
  assert.deepEqual([second.status, second.body.id], [201, first.body.id])
  assert.equal((await ids(rig, '')).length, 1)
})
