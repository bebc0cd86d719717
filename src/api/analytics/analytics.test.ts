import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckReport, type SpanStatus, UNTOUCHED } from '#domain'
import { emptyBatch } from '#storage'
import { type ApiRig, apiRig, START_MS } from '../testing/api-rig.ts'
import { GOOD_RESULT } from '../testing/recording-engine.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

async function newMonitor(rig: ApiRig, key?: string): Promise<string> {
  const headers = key === undefined ? {} : { 'x-api-key': key }
  return (await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' }, headers)).body.id
}

function check(monitorId: string, ago: number, responseTimeMs: number | null, parts: Partial<CheckReport> = {}) {
  const status = responseTimeMs === null ? ('DOWN' as const) : ('UP' as const)
  const atMs = START_MS - ago
  return {
    monitorId,
    version: 1,
    region: 'local',
    kind: 'planned' as const,
    scheduledAtMs: atMs,
    startedAtMs: atMs,
    ...parts,
    result: { ...GOOD_RESULT, status, responseTimeMs },
  }
}

/** Spans of a monitor, each as `[status, how long ago it began]`; the last one runs. */
async function lived(rig: ApiRig, monitorId: string, ...spans: [SpanStatus, number][]) {
  const ended = spans.slice(0, -1).map(([status, ago], at) => {
    return { monitorId, status, fromMs: START_MS - ago, toMs: START_MS - (spans[at + 1]?.[1] ?? 0) }
  })
  await rig.store.commit({ ...emptyBatch(START_MS), spans: { ended } })
  const [status, ago] = spans.at(-1) ?? ['UNKNOWN', 0]
  const state = rig.engine.states.get(monitorId)
  assert.ok(state)
  rig.engine.states.set(monitorId, { ...state, span: { status, fromMs: START_MS - ago } })
}

async function incident(
  rig: ApiRig,
  monitorId: string,
  number: number,
  startedAgo: number,
  resolvedAgo: number | null,
) {
  const accountId = rig.engine.monitor(monitorId)?.accountId ?? ''
  await rig.store.commit({
    ...emptyBatch(START_MS),
    incidents: {
      opened: [
        {
          ...UNTOUCHED,
          id: rig.newId('inc'),
          accountId,
          monitorId,
          monitorName: 'a',
          number,
          startedAtMs: START_MS - startedAgo,
          resolvedAtMs: resolvedAgo === null ? null : START_MS - resolvedAgo,
          resolution: resolvedAgo === null ? null : 'recovered',
          severity: 'HIGH',
          rootCause: 'x',
          rootCauseCategory: 'UNKNOWN',
          affectedRegions: [],
          checksFailed: 1,
          checksTotal: 1,
          evidence: null,
        },
      ],
      changed: [],
    },
  })
}

test('the figures of a monitor: uptime from its spans, response times and counts from its checks', async (t) => {
  const rig = await apiRig(t)
  const id = await newMonitor(rig)
  await lived(rig, id, ['UP', 12 * HOUR], ['DOWN', 6 * HOUR], ['DEGRADED', 5 * HOUR], ['UP', 4 * HOUR])
  const results = Array.from({ length: 100 }, (_, n) =>
    check(id, (n + 1) * MINUTE, n + 1, { region: n < 50 ? 'eu' : 'us' }),
  )
  results.push(check(id, 2 * HOUR, null), check(id, 25 * HOUR, 5_000))
  await rig.store.commit({ ...emptyBatch(START_MS), results })
  await incident(rig, id, 1, 6 * HOUR, 5 * HOUR)
  await incident(rig, id, 2, 40 * HOUR, 39 * HOUR)
  const { status, body } = await rig.ask('GET', `/analytics/monitors/${id}`)
  assert.equal(status, 200)
  assert.deepEqual(
    [body['monitorId'], body['period'], body['from'], body['to']],
    [id, '24h', '2025-01-20T10:30:00Z', '2025-01-21T10:30:00Z'],
  )
  // 11 of the 12 hours that are known; the 12 before them are no data.
  assert.deepEqual([body['uptime'], body['coverage'], body['incidents']], [91.666, 50, 1])
  assert.deepEqual(body['time'], { up: 10 * 3600, degraded: 3600, down: 3600, noData: 12 * 3600 })
  assert.deepEqual(
    [body['totalChecks'], body['checksUp'], body['checksDegraded'], body['checksDown'], body['checksUnknown']],
    [101, 100, 0, 1, 0],
  )
  assert.equal(body['avgResponseTime'], 50.5)
  for (const [field, exact] of [
    ['p50ResponseTime', 50],
    ['p90ResponseTime', 90],
    ['p95ResponseTime', 95],
    ['p99ResponseTime', 99],
  ] as const)
    assert.ok(Math.abs(Number(body[field]) - exact) <= exact * 0.011, `${field} ${body[field]} is not near ${exact}`)
  const regions = JSON.parse(JSON.stringify(body['responseTimeByRegion']))
  assert.deepEqual(
    regions.map((one: { [field: string]: unknown }) => [one['region'], one['avgResponseTime'], one['totalChecks']]),
    [
      ['eu', 25.5, 50],
      ['local', null, 1],
      ['us', 75.5, 50],
    ],
  )
})

test('a period reaches back as far as it says, and from and to cut exactly', async (t) => {
  const rig = await apiRig(t)
  const id = await newMonitor(rig)
  const results = [1, 3, 20, 80, 100].map((days) => check(id, days * DAY - HOUR, 10))
  await rig.store.commit({ ...emptyBatch(START_MS), results })
  const total = async (query: string) => (await rig.ask('GET', `/analytics/monitors/${id}${query}`)).body['totalChecks']
  const periods = ['', '?period=24h', '?period=7d', '?period=30d', '?period=90d'].map(total)
  assert.deepEqual(await Promise.all(periods), [1, 1, 2, 3, 4])
  assert.equal(await total('?from=2025-01-20T11:30:00Z&to=2025-01-20T11:30:01Z'), 1)
  assert.equal(await total('?from=2025-01-20T11:30:01Z&to=2025-01-20T11:40:00Z'), 0)
  assert.equal(await total('?from=2025-01-18&to=2026-01-01'), 2)
  assert.equal(await total('?from=2030-01-18'), 0)
})

test('a monitor of which nothing is known has null figures, neither 0 nor 100', async (t) => {
  const rig = await apiRig(t)
  const id = await newMonitor(rig)
  const { body } = await rig.ask('GET', `/analytics/monitors/${id}?period=90d`)
  assert.deepEqual(
    [body['uptime'], body['coverage'], body['avgResponseTime'], body['p99ResponseTime'], body['totalChecks']],
    [null, 0, null, null, 0],
  )
  assert.deepEqual(body['responseTimeByRegion'], [])
  const empty = await rig.ask('GET', `/analytics/monitors/${id}?from=2025-01-20&to=2025-01-20`)
  assert.deepEqual([empty.status, empty.body['uptime'], empty.body['coverage']], [200, null, null])
})

test('bad periods are refused, and other monitors are unknown', async (t) => {
  const rig = await apiRig(t)
  const id = await newMonitor(rig)
  const other = await newMonitor(rig, await rig.newKey(await rig.newAccount()))
  const refusals: [string, number, RegExp][] = [
    [`${id}?period=1y`, 400, /period: .*24h/],
    [`${id}?period=24h&from=2025-01-20`, 400, /period: says when/],
    [`${id}?from=yesterday`, 400, /from: expected a time/],
    [`${id}?from=2025-01-20&to=2025-01-19`, 400, /from: is later than to/],
    [`${id}?from=2001-01-01`, 400, /from: is more than 1100 days/],
    [other, 404, /no monitor/],
    ['mon_aaaaaaaaaaaaaaaa', 404, /no monitor/],
  ]
  for (const [path, status, message] of refusals) {
    const refused = await rig.ask('GET', `/analytics/monitors/${path}`)
    assert.equal(refused.status, status, path)
    assert.match(refused.body.error, message)
  }
})

test('the figures of an account: monitors by status, incidents, and the performance of all together', async (t) => {
  const rig = await apiRig(t)
  const ids: string[] = []
  for (let n = 0; n < 5; n++) ids.push(await newMonitor(rig))
  const [up = '', down = '', slow = '', paused = '', pending = ''] = ids
  for (const [id, status] of [
    [up, 'UP'],
    [down, 'DOWN'],
    [slow, 'DEGRADED'],
    [pending, 'PENDING'],
  ] as const) {
    const state = rig.engine.states.get(id)
    assert.ok(state)
    rig.engine.states.set(id, { ...state, status })
  }
  await rig.ask('POST', `/monitors/${paused}/pause`)
  await lived(rig, up, ['UP', 10 * HOUR])
  await lived(rig, down, ['UP', 10 * HOUR], ['DOWN', HOUR])
  await rig.store.commit({
    ...emptyBatch(START_MS),
    results: [check(up, MINUTE, 100), check(up, 2 * MINUTE, 200), check(down, MINUTE, 300), check(slow, MINUTE, 400)],
  })
  // It is Tuesday, 10:30 in UTC.
  await incident(rig, up, 1, 2 * HOUR, HOUR)
  await incident(rig, up, 2, 14 * HOUR, 11 * HOUR)
  await incident(rig, up, 3, 40 * HOUR, 36 * HOUR)
  await incident(rig, down, 4, HOUR, null)
  const elsewhere = await newMonitor(rig, await rig.newKey(await rig.newAccount()))
  await incident(rig, elsewhere, 1, HOUR, null)
  await rig.store.commit({ ...emptyBatch(START_MS), results: [check(elsewhere, MINUTE, 9_000)] })

  const { status, body } = await rig.ask('GET', '/analytics')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    period: '24h',
    timezone: 'UTC',
    monitors: { total: 5, active: 4, paused: 1, up: 1, down: 1, degraded: 1, pending: 1, maintenance: 0 },
    incidents: { open: 1, resolvedToday: 1, resolvedThisWeek: 2, avgMttr: 2 * 3600 },
    performance: {
      avgResponseTime: 250,
      p95ResponseTime: Object(body['performance']).p95ResponseTime,
      overallUptime: 95,
    },
  })
  assert.ok(Math.abs(Object(body['performance']).p95ResponseTime - 400) <= 4)
  const week = (await rig.ask('GET', '/analytics?period=7d')).body
  assert.equal(Object(week['incidents']).avgMttr, ((1 + 3 + 4) / 3) * 3600)
})

test("today and this week begin at midnight of the account's own zone", async (t) => {
  const rig = await apiRig(t)
  const id = await newMonitor(rig)
  // In Tokyo it is Tuesday, 19:30.
  await rig.store.accounts.setProfile(rig.account.id, {
    name: 'a',
    email: null,
    language: 'en',
    timezone: 'Asia/Tokyo',
  })
  await incident(rig, id, 1, 20 * HOUR, 19 * HOUR)
  await incident(rig, id, 2, 21 * HOUR, 20 * HOUR)
  await incident(rig, id, 3, 45 * HOUR, 44 * HOUR)
  const { body } = await rig.ask('GET', '/analytics')
  const { resolvedToday, resolvedThisWeek } = Object(body['incidents'])
  assert.deepEqual([body['timezone'], resolvedToday, resolvedThisWeek], ['Asia/Tokyo', 1, 2])
})

test('an account without monitors has null figures', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('GET', '/analytics')
  assert.equal(Object(body['monitors']).total, 0)
  assert.deepEqual(Object(body['incidents']).avgMttr, null)
  assert.deepEqual(body['performance'], { avgResponseTime: null, p95ResponseTime: null, overallUptime: null })
  assert.equal((await rig.ask('GET', '/analytics?period=5m')).status, 400)
})

test('the days of a monitor: the worst of each in the zone of the account, with what was down and how often', async (t) => {
  const rig = await apiRig(t)
  const id = await newMonitor(rig)
  await lived(rig, id, ['UP', 36 * HOUR], ['DOWN', 12 * HOUR], ['UP', 11 * HOUR])
  await incident(rig, id, 1, 12 * HOUR, 11 * HOUR)
  const path = `/analytics/monitors/${id}/days`
  const { status, body } = await rig.ask('GET', path)
  assert.equal(status, 200)
  assert.equal(body['timezone'], 'UTC')
  const days = body['days']
  assert.ok(Array.isArray(days))
  assert.equal(days.length, 90)
  assert.deepEqual(days.slice(-3), [
    { date: '2025-01-19', status: 'UP', uptime: 100, down: 0, incidents: 0 },
    { date: '2025-01-20', status: 'DOWN', uptime: 95.833, down: 3600, incidents: 1 },
    { date: '2025-01-21', status: 'UP', uptime: 100, down: 0, incidents: 0 },
  ])
  assert.deepEqual(days[0], { date: '2024-10-24', status: 'NO_DATA', uptime: null, down: 0, incidents: 0 })

  const other = await rig.newKey(await rig.newAccount())
  assert.equal((await rig.ask('GET', path, undefined, { 'x-api-key': other })).status, 404)
})
