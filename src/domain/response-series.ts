/** One response time as it was measured; null where the check did not succeed, as that says nothing about the service. */
export interface MeasuredTime {
  atMs: number
  region: string
  responseTimeMs: number | null
}

/** Response times of one bucket of time, ms; null where nothing was measured. */
export interface SeriesPoint {
  atMs: number
  region: string | null
  /** How many response times it is made of. */
  count: number
  averageMs: number | null
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}

export interface SeriesRange {
  fromMs: number
  toMs: number
  bucketMs: number
}

/** The first moment of each bucket that touches the range, oldest first; buckets are counted from the epoch. */
export function bucketStarts({ fromMs, toMs, bucketMs }: SeriesRange): number[] {
  const first = Math.floor(fromMs / bucketMs)
  const count = toMs > fromMs ? Math.ceil(toMs / bucketMs) - first : 0
  return Array.from({ length: count }, (_, index) => (first + index) * bucketMs)
}

/** Puts an empty point wherever a region has none, so that a gap is seen as one. `regions` [null]: all together. */
export function withGaps(
  points: readonly SeriesPoint[],
  regions: readonly (string | null)[],
  range: SeriesRange,
): SeriesPoint[] {
  const known = new Map(points.map((point) => [`${point.atMs} ${point.region}`, point]))
  return bucketStarts(range).flatMap((atMs) =>
    regions.map((region) => known.get(`${atMs} ${region}`) ?? emptyPoint(atMs, region)),
  )
}

/** Gathers single times in buckets, exactly. `byRegion` keeps regions apart. */
export function gatherTimes(times: readonly MeasuredTime[], bucketMs: number, byRegion: boolean): SeriesPoint[] {
  const buckets = new Map<string, { atMs: number; region: string | null; values: number[] }>()
  for (const time of times) {
    if (time.responseTimeMs === null) continue
    const atMs = Math.floor(time.atMs / bucketMs) * bucketMs
    const region = byRegion ? time.region : null
    const name = `${atMs} ${region}`
    const bucket = buckets.get(name)
    if (bucket === undefined) buckets.set(name, { atMs, region, values: [time.responseTimeMs] })
    else bucket.values.push(time.responseTimeMs)
  }
  return [...buckets.values()].map(({ atMs, region, values }) => pointOf(atMs, region, values))
}

/** One time as a point of its own. */
export function rawPoint({ atMs, region, responseTimeMs }: MeasuredTime): SeriesPoint {
  return responseTimeMs === null ? emptyPoint(atMs, region) : pointOf(atMs, region, [responseTimeMs])
}

function pointOf(atMs: number, region: string | null, values: number[]): SeriesPoint {
  const sorted = values.toSorted((a, b) => a - b)
  // The least that so many of the values don't exceed, as the sketches of longer ranges have it.
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
  return {
    atMs,
    region,
    count: sorted.length,
    averageMs: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  }
}

function emptyPoint(atMs: number, region: string | null): SeriesPoint {
  return { atMs, region, count: 0, averageMs: null, p50Ms: null, p95Ms: null, p99Ms: null }
}
