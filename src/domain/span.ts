/** UNKNOWN is a blind spot: server off, own fault, not yet known. PAUSED and MAINTENANCE don't count either. */
export const SPAN_STATUSES = ['UP', 'DEGRADED', 'DOWN', 'UNKNOWN', 'PAUSED', 'MAINTENANCE'] as const
export type SpanStatus = (typeof SPAN_STATUSES)[number]

/** Time in one status. Spans of a monitor follow each other without gap or overlap. */
export interface Span {
  monitorId: string
  status: SpanStatus
  fromMs: number
  /** Null while it runs. */
  toMs: number | null
}
