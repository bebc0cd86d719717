import type { Span, SpanStatus } from './span.ts'

/** The span that runs now: it has no end yet. */
export type RunningSpan = Pick<Span, 'status' | 'fromMs'>

/**
 * Moves a monitor into another status. The running span ends where the new one begins; one without any length vanishes,
 * and a moment before it began counts as its beginning, so that spans never overlap. The same status changes nothing.
 */
export function changeSpan(
  running: RunningSpan,
  to: SpanStatus,
  atMs: number,
): { ended: { status: SpanStatus; fromMs: number; toMs: number } | null; running: RunningSpan } {
  if (running.status === to) return { ended: null, running }
  const fromMs = Math.max(running.fromMs, atMs)
  const ended = fromMs === running.fromMs ? null : { ...running, toMs: fromMs }
  return { ended, running: { status: to, fromMs } }
}
