import { type Static, Type } from 'typebox'
import { gatherTimes, normalizeRegion, rawPoint, type SeriesPoint, withGaps } from '#domain'
import { tenths } from '../analytics/response-fields.ts'
import { OrNull } from '../answer-fields.ts'
import { accountOf } from '../auth/caller.ts'
import { type ApiError, invalid } from '../errors.ts'
import { isoMillis, isoSeconds } from '../http/times.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { RangeFields, rangeOf } from '../time-range.ts'
import { findMonitor, MonitorParams } from './find.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const RESOLUTIONS = ['raw', 'minute', 'hour', 'day'] as const
type Resolution = (typeof RESOLUTIONS)[number]
/** The longest range of each; what is finer than an hour is read check by check. */
const LONGEST_MS: { [resolution in Resolution]: number } = {
  raw: DAY_MS,
  minute: DAY_MS,
  hour: 100 * DAY_MS,
  day: 1_100 * DAY_MS,
}
const POINTS_MAX = 20_000
/** Single checks that are read to make minutes of them: a day of 28 regions at the shortest interval. */
const TIMES_MAX = 500_000

const Query = Type.Object({
  ...RangeFields,
  resolution: Type.Optional(
    Type.Enum(RESOLUTIONS, {
      description: `\`raw\` is a point for each check. Ranges: raw and minute up to 24 hours, hour up to 100 days, day up to
1,100 days. Default: minute up to 6 hours, hour up to 31 days, else day.`,
    }),
  ),
  byRegion: Type.Optional(Type.Enum(['true', 'false'], { description: 'Keep regions apart.', default: 'false' })),
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Only from this region.' })),
})

const Ms = OrNull(Type.Number({ minimum: 0, examples: [250] }))
const Point = Type.Object(
  {
    at: Type.String({ format: 'date-time', description: 'Begin of the bucket, or when the check was due.' }),
    region: OrNull(Type.String({ examples: ['us-east-1'] }), 'Null: all regions together.'),
    count: Type.Integer({ minimum: 0, description: 'How many response times it is made of.', examples: [360] }),
    average: Ms,
    p50: Ms,
    p95: Ms,
    p99: Ms,
  },
  { title: 'ResponseTimePoint', description: 'Response times in ms; null where nothing was measured.' },
)

const ResponseTimes = Type.Object(
  {
    monitorId: Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    resolution: Type.Enum(RESOLUTIONS),
    from: Type.String({ format: 'date-time', description: 'Begin of the range, included.' }),
    to: Type.String({ format: 'date-time', description: 'End of the range, left out.' }),
    series: Type.Array(Point, { description: 'Oldest first, then by region; a gap is a point without values.' }),
  },
  { title: 'ResponseTimes' },
)

/** What to read, with nothing left open. */
interface Wanted {
  resolution: Resolution
  fromMs: number
  toMs: number
  byRegion: boolean
  region: string | null
}

/** `GET /monitors/{id}/response-times`: the series behind a chart. */
export const responseTimeRoutes: Routes = (app, deps) => {
  const schema = {
    tags: ['Analytics'],
    operationId: 'listResponseTimes',
    summary: 'Get response times as a series',
    description: `Average and percentiles over time, of checks that succeeded; default: the last 24 hours. Buckets begin at
full minutes, hours and days of UTC, and are whole where the range begins or ends inside one. Percentiles of hours and
days are within 1 %.`,
    params: MonitorParams,
    querystring: Query,
    response: { 200: ResponseTimes },
  }
  app.get('/monitors/:monitorId/response-times', { schema }, async (request) => {
    const wanted = wantedOf(request.query, deps.clock.nowMs())
    const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
    const points = await read(deps, monitor.id, wanted)
    const { resolution, fromMs, toMs } = wanted
    return {
      monitorId: monitor.id,
      resolution,
      from: isoSeconds(fromMs),
      to: isoSeconds(toMs),
      series: points.map((point) => present(point, resolution)),
    }
  })
}

function wantedOf(query: Static<typeof Query>, nowMs: number): Wanted {
  const range = rangeOf(query)
  const toMs = Math.min(range.toMs ?? nowMs, nowMs)
  const fromMs = Math.min(range.fromMs ?? toMs - DAY_MS, toMs)
  const resolution = query.resolution ?? resolutionFor(toMs - fromMs)
  if (toMs - fromMs > LONGEST_MS[resolution]) {
    const hours = LONGEST_MS[resolution] / HOUR_MS
    throw invalid([{ path: 'from', message: `is more than ${hours} hours before to: too long for ${resolution}` }])
  }
  const region = query.region === undefined ? null : normalizeRegion(query.region)
  return { resolution, fromMs, toMs, region, byRegion: query.byRegion === 'true' || region !== null }
}

function resolutionFor(lengthMs: number): Resolution {
  if (lengthMs <= 6 * HOUR_MS) return 'minute'
  return lengthMs <= 31 * DAY_MS ? 'hour' : 'day'
}

async function read({ store }: RouteDeps, monitorId: string, wanted: Wanted): Promise<SeriesPoint[]> {
  const { resolution, fromMs, toMs, byRegion, region } = wanted
  if (resolution === 'raw') {
    const options = { region: region ?? undefined, atMost: POINTS_MAX }
    const times = await store.results.times(monitorId, { fromMs, toMs }, options)
    if (times.length > POINTS_MAX) throw tooFine(`makes more than ${POINTS_MAX} points of this range`)
    return times.map(rawPoint)
  }
  const bucketMs = resolution === 'minute' ? MINUTE_MS : resolution === 'hour' ? HOUR_MS : DAY_MS
  const points = await pointsOf(store, monitorId, wanted, bucketMs)
  const regions =
    region !== null ? [region] : byRegion ? [...new Set(points.map((point) => point.region))].sort() : [null]
  const count = Math.ceil((toMs - fromMs) / bucketMs) * regions.length
  return bounded(count, () => withGaps(points, regions, { fromMs, toMs, bucketMs }))
}

async function pointsOf(
  store: RouteDeps['store'],
  monitorId: string,
  { resolution, fromMs, toMs, byRegion, region }: Wanted,
  bucketMs: number,
): Promise<SeriesPoint[]> {
  if (resolution !== 'hour' && resolution !== 'day') {
    const whole = { fromMs: Math.floor(fromMs / bucketMs) * bucketMs, toMs: Math.ceil(toMs / bucketMs) * bucketMs }
    const times = await store.results.times(monitorId, whole, { region: region ?? undefined, atMost: TIMES_MAX })
    if (times.length > TIMES_MAX) throw tooFine(`is made of more than ${TIMES_MAX} checks`)
    return gatherTimes(times, bucketMs, byRegion)
  }
  const figures = await store.results.figures(monitorId, { fromMs, toMs }, { bucket: resolution, byRegion })
  return figures.map(({ fromMs: atMs, region, measured, averageMs, p50Ms, p95Ms, p99Ms }) => {
    return { atMs, region, count: measured, averageMs, p50Ms, p95Ms, p99Ms }
  })
}

function bounded(count: number, points: () => SeriesPoint[]): SeriesPoint[] {
  if (count <= POINTS_MAX) return points()
  throw tooFine(`makes ${count} points of this range, and ${POINTS_MAX} are the most`)
}

function tooFine(what: string): ApiError {
  return invalid([{ path: 'resolution', message: `${what}; take a coarser one, a shorter range or one region` }])
}

function present({ atMs, region, count, averageMs, p50Ms, p95Ms, p99Ms }: SeriesPoint, resolution: Resolution) {
  return {
    at: resolution === 'raw' ? isoMillis(atMs) : isoSeconds(atMs),
    region,
    count,
    average: tenths(averageMs),
    p50: tenths(p50Ms),
    p95: tenths(p95Ms),
    p99: tenths(p99Ms),
  }
}
