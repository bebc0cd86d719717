import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MonitorStatus, type SpanStatus, UNTOUCHED } from '#domain'
import { emptyBatch } from '#storage'
import { type ApiRig, apiRig, START_MS } from '../testing/api-rig.ts'
import { GOOD_RESULT } from '../testing/recording-engine.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Shown {
  status: string
  statusText: string
  groups: { name: string; status: string }[]
  monitors: {
    status: string
    uptime24h: number | null
    uptime7d: number | null
    uptime30d: number | null
    uptime90d: number | null
    avgResponseTime24h: number | null
    days: { date: string; status: string; uptime: number | null; incidents: number }[]
  }[]
}

async function monitor(rig: ApiRig, status: MonitorStatus = 'UP'): Promise<string> {
  const { id } = (await rig.ask('POST', '/monitors', { name: 'Shop', url: 'https://a.example' })).body
  const state = rig.engine.states.get(id)
  assert.ok(state)
  rig.engine.states.set(id, { ...state, status })
  return id
}

async function page(rig: ApiRig, fields: object): Promise<Shown> {
  const { status, text } = await rig.ask('POST', '/status-pages', {
    name: 'a',
    slug: rig.newId('sp').slice(3),
    ...fields,
  })
  assert.equal(status, 201, text)
  return JSON.parse(text)
}

/** Spans of a monitor, each as `[status, when it began]`; the last one runs. */
async function lived(rig: ApiRig, monitorId: string, ...spans: [SpanStatus, string][]) {
  const from = spans.map(([, at]) => Date.parse(at))
  const ended = spans.slice(0, -1).map(([status], at) => {
    return { monitorId, status, fromMs: from[at] ?? 0, toMs: from[at + 1] ?? 0 }
  })
  await rig.store.commit({ ...emptyBatch(START_MS), spans: { ended } })
  const state = rig.engine.states.get(monitorId)
  assert.ok(state)
  const span = { status: spans.at(-1)?.[0] ?? 'UNKNOWN', fromMs: from.at(-1) ?? 0 }
  rig.engine.states.set(monitorId, { ...state, span })
}

test('the overall status and that of each group follow their monitors', async (t) => {
  const rig = await apiRig(t)
  const [up, down, slow] = [await monitor(rig), await monitor(rig, 'DOWN'), await monitor(rig, 'DEGRADED')]
  const shown = await page(rig, {
    monitors: [
      { monitorId: up, group: 'Good' },
      { monitorId: down, group: 'Bad' },
      { monitorId: slow, group: 'Good' },
    ],
  })
  assert.deepEqual([shown.status, shown.statusText], ['PARTIAL_OUTAGE', 'Partial Outage'])
  assert.deepEqual(
    shown.groups.map(({ name, status }) => [name, status]),
    [
      ['Good', 'DEGRADED_PERFORMANCE'],
      ['Bad', 'MAJOR_OUTAGE'],
    ],
  )
  assert.equal((await page(rig, {})).status, 'UNKNOWN')
})

test('a monitor shows its 90 days in the zone of the page, and its uptime over four windows', async (t) => {
  const rig = await apiRig(t)
  const id = await monitor(rig)
  await lived(
    rig,
    id,
    ['UP', '2025-01-01T00:00:00Z'],
    ['DOWN', '2025-01-19T22:50:00Z'],
    ['DEGRADED', '2025-01-19T23:20:00Z'],
    ['UP', '2025-01-20T06:00:00Z'],
  )
  const read = async (timezone: string) => (await page(rig, { monitorIds: [id], timezone })).monitors[0]
  const berlin = await read('Europe/Berlin')
  assert.equal(berlin?.days.length, 90)
  assert.deepEqual(
    berlin?.days.slice(-3).map(({ date, status, uptime }) => [date, status, uptime]),
    [
      ['2025-01-19', 'DOWN', 99.305],
      ['2025-01-20', 'DOWN', 98.611],
      ['2025-01-21', 'UP', 100],
    ],
  )
  assert.deepEqual(berlin?.days[0], { date: '2024-10-24', status: 'NO_DATA', uptime: null, incidents: 0 })
  assert.deepEqual(
    (await read('Asia/Tokyo'))?.days.slice(-2).map(({ date, status }) => [date, status]),
    [
      ['2025-01-20', 'DOWN'],
      ['2025-01-21', 'UP'],
    ],
  )
  assert.deepEqual([berlin?.uptime24h, berlin?.uptime7d], [100, 99.702])
  assert.equal(berlin?.uptime30d, berlin?.uptime90d)
  assert.equal(berlin?.uptime90d, 99.898)
})

test('a page without a zone follows the account', async (t) => {
  const rig = await apiRig(t)
  const id = await monitor(rig)
  const today = async () => (await page(rig, { monitorIds: [id] })).monitors[0]?.days.at(-1)?.date
  assert.equal(await today(), '2025-01-21')
  const profile = { name: 'a', email: null, language: 'en', timezone: 'Pacific/Kiritimati' }
  await rig.store.accounts.setProfile(rig.account.id, profile)
  assert.equal(await today(), '2025-01-22')
})

test('a day counts the public incidents that touch it, those that people opened too', async (t) => {
  const rig = await apiRig(t)
  const id = await monitor(rig)
  const base = {
    ...UNTOUCHED,
    accountId: rig.account.id,
    monitorId: id,
    monitorName: 'Shop',
    resolution: 'recovered' as const,
    severity: 'HIGH' as const,
    rootCause: 'x',
    rootCauseCategory: 'UNKNOWN' as const,
    affectedRegions: [],
    checksFailed: 1,
    checksTotal: 1,
    evidence: null,
  }
  const lasted = (number: number, from: number, to: number) => {
    return { ...base, id: rig.newId('inc'), number, startedAtMs: START_MS + from, resolvedAtMs: START_MS + to }
  }
  const opened = [
    lasted(1, -11 * HOUR, -10 * HOUR),
    { ...lasted(2, -HOUR, 0), monitorId: null, monitorName: null, monitors: [{ id, name: 'Shop' }] },
    { ...lasted(3, -2 * HOUR, 0), isPublic: false },
    lasted(4, -200 * DAY, -199 * DAY),
  ]
  await rig.store.commit({ ...emptyBatch(START_MS), incidents: { opened, changed: [] } })
  const [shown] = (await page(rig, { monitorIds: [id], timezone: 'UTC' })).monitors
  assert.deepEqual(
    shown?.days.slice(-3).map(({ incidents }) => incidents),
    [0, 1, 2],
  )
  assert.equal(
    shown?.days.reduce((sum, { incidents }) => sum + incidents, 0),
    3,
  )
})

test('a response time is shown where the page says so only', async (t) => {
  const rig = await apiRig(t)
  const [open, closed] = [await monitor(rig), await monitor(rig)]
  const results = [open, closed].map((monitorId) => ({
    monitorId,
    version: 1,
    region: 'local',
    kind: 'planned' as const,
    scheduledAtMs: START_MS - HOUR,
    startedAtMs: START_MS - HOUR,
    result: GOOD_RESULT,
  }))
  await rig.store.commit({ ...emptyBatch(START_MS), results })
  const { monitors } = await page(rig, {
    monitors: [{ monitorId: open, showResponseTime: true }, { monitorId: closed }],
  })
  assert.deepEqual(
    monitors.map(({ avgResponseTime24h }) => avgResponseTime24h),
    [12.3, null],
  )
})

test('a paused monitor says so, and one of which nothing is known has null figures', async (t) => {
  const rig = await apiRig(t)
  const [paused, pending] = [await monitor(rig), await monitor(rig, 'PENDING')]
  await rig.ask('POST', `/monitors/${paused}/pause`)
  const { status, monitors } = await page(rig, { monitorIds: [paused, pending] })
  assert.equal(status, 'UNKNOWN')
  assert.deepEqual(
    monitors.map(({ status, uptime24h, uptime90d }) => [status, uptime24h, uptime90d]),
    [
      ['PAUSED', null, null],
      ['PENDING', null, null],
    ],
  )
})
