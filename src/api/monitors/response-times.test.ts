import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBatch } from '#storage'
import { type ApiRig, apiRig, START_MS } from '../testing/api-rig.ts'
import { GOOD_RESULT } from '../testing/recording-engine.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Point {
  at: string
  region: string | null
  count: number
  average: number | null
  p50: number | null
  p95: number | null
  p99: number | null
}

/** Checks of a new monitor, each as `[how long ago, response time or null for a failure, region]`. */
async function checked(rig: ApiRig, ...checks: [number, number | null, string?][]): Promise<string> {
  const { id } = (await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })).body
  const results = checks.map(([ago, responseTimeMs, region = 'local']) => ({
    monitorId: id,
    version: 1,
    region,
    kind: 'planned' as const,
    scheduledAtMs: START_MS - ago,
    startedAtMs: START_MS - ago,
    result: {
      ...GOOD_RESULT,
      status: responseTimeMs === null ? ('DOWN' as const) : ('UP' as const),
      responseTimeMs,
    },
  }))
  await rig.store.commit({ ...emptyBatch(START_MS), results })
  return id
}

async function series(rig: ApiRig, id: string, query: string): Promise<Point[]> {
  const { status, text } = await rig.ask('GET', `/monitors/${id}/response-times${query}`)
  assert.equal(status, 200, text)
  return JSON.parse(text).series
}

test('hours of the last day, gaps as points without values', async (t) => {
  const rig = await apiRig(t)
  const id = await checked(rig, [40 * MINUTE, 100], [31 * MINUTE, 300], [3 * HOUR, null], [20 * MINUTE, 70])
  const points = await series(rig, id, '')
  assert.equal(points.length, 25)
  assert.deepEqual(points.at(-1), {
    at: '2025-01-21T10:00:00Z',
    region: null,
    count: 1,
    average: 70,
    p50: points.at(-1)?.p50,
    p95: points.at(-1)?.p95,
    p99: points.at(-1)?.p99,
  })
  assert.deepEqual([points.at(-2)?.count, points.at(-2)?.average], [2, 200])
  // A failure has no response time.
  assert.deepEqual(points.at(-4), {
    at: '2025-01-21T07:00:00Z',
    region: null,
    count: 0,
    average: null,
    p50: null,
    p95: null,
    p99: null,
  })
  assert.ok(points.every(({ at }, n) => n === 0 || at > (points[n - 1]?.at ?? '')))
})

test('minutes are exact, and regions are kept apart on request', async (t) => {
  const rig = await apiRig(t)
  const id = await checked(rig, [90_000, 10, 'eu'], [80_000, 30, 'us'], [65_000, 20, 'eu'], [10_000, 5, 'eu'])
  const query = '?from=2025-01-21T10:28:00Z&resolution=minute'
  assert.deepEqual(
    (await series(rig, id, query)).map(({ at, count, average, p50, p99 }) => [
      at.slice(14, 16),
      count,
      average,
      p50,
      p99,
    ]),
    [
      ['28', 3, 20, 20, 30],
      ['29', 1, 5, 5, 5],
    ],
  )
  assert.deepEqual(
    (await series(rig, id, `${query}&byRegion=true`)).map(({ at, region, average }) => [
      at.slice(14, 16),
      region,
      average,
    ]),
    [
      ['28', 'eu', 15],
      ['28', 'us', 30],
      ['29', 'eu', 5],
      ['29', 'us', null],
    ],
  )
  assert.deepEqual(
    (await series(rig, id, `${query}&region=region_us`)).map(({ region, average }) => [region, average]),
    [
      ['us', 30],
      ['us', null],
    ],
  )
})

test('raw points are the checks themselves', async (t) => {
  const rig = await apiRig(t)
  const id = await checked(rig, [2_500, 12.34], [1_000, null], [25 * HOUR, 9])
  const points = await series(rig, id, '?resolution=raw')
  assert.deepEqual(
    points.map(({ at, region, count, average, p95 }) => [at, region, count, average, p95]),
    [
      ['2025-01-21T10:29:57.500Z', 'local', 1, 12.3, 12.3],
      ['2025-01-21T10:29:59.000Z', 'local', 0, null, null],
    ],
  )
})

test('the resolution follows the range unless one is asked for', async (t) => {
  const rig = await apiRig(t)
  const id = await checked(rig)
  const resolution = async (query: string) => {
    const { body, text } = await rig.ask('GET', `/monitors/${id}/response-times${query}`)
    return [body['resolution'], JSON.parse(text).series.length]
  }
  assert.deepEqual(await resolution('?from=2025-01-21T05:00:00Z'), ['minute', 330])
  assert.deepEqual(await resolution(''), ['hour', 25])
  assert.deepEqual(await resolution('?from=2024-10-24T00:00:00Z'), ['day', 90])
  assert.deepEqual(await resolution('?from=2024-10-24T00:00:00Z&resolution=hour'), ['hour', 2147])
  assert.deepEqual(await resolution('?from=2031-01-01'), ['minute', 0])
})

test('what is too long or too much is refused, and says what to do', async (t) => {
  const rig = await apiRig(t)
  const id = await checked(rig, ...Array.from({ length: 10 }, (_, n): [number, number, string] => [HOUR, 1, `r${n}`]))
  const key = await rig.newKey(await rig.newAccount())
  const refusals: [string, number, RegExp, string?][] = [
    ['?resolution=raw&from=2025-01-20', 400, /from: is more than 24 hours before to/],
    ['?resolution=minute&from=2025-01-20', 400, /from: is more than 24 hours before to/],
    ['?resolution=hour&from=2024-01-01', 400, /from: is more than 2400 hours before to/],
    ['?resolution=hour&from=2024-10-20&byRegion=true', 400, /makes \d+ points .* 20000 are the most/],
    ['?resolution=week', 400, /resolution: .*"day"/],
    ['?byRegion=yes', 400, /byRegion/],
    ['?from=2025-01-21&to=2025-01-20', 400, /later than to/],
    ['', 404, /no monitor/, key],
  ]
  for (const [query, status, message, otherKey] of refusals) {
    const headers = otherKey === undefined ? {} : { 'x-api-key': otherKey }
    const refused = await rig.ask('GET', `/monitors/${id}/response-times${query}`, undefined, headers)
    assert.equal(refused.status, status, query)
    assert.match(refused.body.error, message)
  }
})
