/** A little ahead is another machine's clock. */
const AHEAD_MS = 60_000

/** Whether a time lies so far ahead that it must stem from before the wall clock was set back. */
export function isAhead(atMs: number, nowMs: number): boolean {
  return atMs > nowMs + AHEAD_MS
}
