/** What the text of a `ping` program says, as far as it can be read. */
export interface PingText {
  sent: number | null
  received: number | null
  /** In ms. */
  min: number | null
  avg: number | null
  max: number | null
}

/** `3 packets transmitted, 1 received, 66.6% packet loss`, in whatever words: two counts before a share. */
const COUNTS = /^\D*(\d{1,5})\D+?(\d{1,5})\D.*?\d+(?:[.,]\d+)?\s?%/m
/** `rtt min/avg/max/mdev = 0.030/0.037/0.043/0.005 ms` */
const SUMMARY = /=\s*(\d+(?:[.,]\d+)?)\/(\d+(?:[.,]\d+)?)\/(\d+(?:[.,]\d+)?)/
/** `time=0.043 ms`, `temps=6 ms`, `Zeit<1ms` */
const TIMES = /[=<]\s?(\d+(?:[.,]\d+)?)\s?ms\b/g

/**
 * Reads the output of any `ping` in any language by its figures. What is not there is null and never NaN; commas may
 * stand for decimal points.
 */
export function readPingOutput(text: string): PingText {
  const counts = COUNTS.exec(text)
  const summary = SUMMARY.exec(text)
  const sent = figure(counts?.[1])
  const received = figure(counts?.[2])
  const isCount = sent !== null && received !== null && received <= sent
  const trips = { min: figure(summary?.[1]), avg: figure(summary?.[2]), max: figure(summary?.[3]) }
  return {
    sent: isCount ? sent : null,
    received: isCount ? received : null,
    ...(summary === null ? tripsOfLines(text) : trips),
  }
}

function tripsOfLines(text: string): { min: number | null; avg: number | null; max: number | null } {
  const times = [...text.matchAll(TIMES)].flatMap(([, digits]) => figure(digits) ?? [])
  if (times.length === 0) return { min: null, avg: null, max: null }
  const sum = times.reduce((total, each) => total + each, 0)
  return { min: Math.min(...times), avg: sum / times.length, max: Math.max(...times) }
}

function figure(digits: string | undefined): number | null {
  if (digits === undefined) return null
  const value = Number(digits.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}
