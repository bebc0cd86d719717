import { join } from 'node:path'
import { NO_PHASES, type SpanStatus } from '#domain'
import { emptyBatch, loadSecretKeys, openSqliteStore, SecretBox } from '#storage'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const STEP_MS = 5 * 60_000
/** Of a monitor whose life is to be told. */
export interface Life {
  monitorId: string
  /** A usual response time in ms. */
  usualMs: number
  /** Outages and slow times, as days ago and hours long. */
  troubles: { status: SpanStatus; daysAgo: number; hours: number }[]
  /** For how many days it has been watched. */
  days: number
}

/** Writes the past of some monitors into a data folder that no server uses now. Always the same past, for the same `nowMs`. */
export async function writeHistory(dataDir: string, lives: readonly Life[], nowMs: number): Promise<void> {
  const secrets = new SecretBox(await loadSecretKeys(dataDir, null))
  const store = await openSqliteStore({ path: join(dataDir, 'statusapp.db'), secrets })
  for (const life of lives) {
    await store.commit({ ...emptyBatch(nowMs), spans: { ended: spansOf(life, nowMs) } })
    const results = resultsOf(life, nowMs)
    for (let at = 0; at < results.length; at += 500)
      await store.commit({ ...emptyBatch(nowMs), results: results.slice(at, at + 500) })
  }
  await store.close()
}

function spansOf({ monitorId, troubles, days }: Life, nowMs: number) {
  const spans: { monitorId: string; status: SpanStatus; fromMs: number; toMs: number }[] = []
  let fromMs = nowMs - days * DAY_MS
  for (const { status, daysAgo, hours } of troubles.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    const beginMs = nowMs - daysAgo * DAY_MS
    spans.push({ monitorId, status: 'UP', fromMs, toMs: beginMs })
    fromMs = beginMs + hours * HOUR_MS
    spans.push({ monitorId, status, fromMs: beginMs, toMs: fromMs })
  }
  return [...spans, { monitorId, status: 'UP' as const, fromMs, toMs: nowMs - 60_000 }]
}

function resultsOf({ monitorId, usualMs, days }: Life, nowMs: number) {
  const random = fromSeed(monitorId.length * 7919 + usualMs)
  const count = Math.min(days, 7) * (DAY_MS / STEP_MS)
  return Array.from({ length: count }, (_, index) => {
    const atMs = nowMs - 60_000 - (count - index) * STEP_MS
    const wave = 1 + 0.25 * Math.sin((atMs / DAY_MS) * 2 * Math.PI)
    const responseTimeMs = usualMs * wave * (0.85 + 0.3 * random()) * (random() < 0.02 ? 2.4 : 1)
    return {
      monitorId,
      version: 1,
      region: 'local',
      kind: 'planned' as const,
      scheduledAtMs: atMs,
      startedAtMs: atMs,
      result: {
        status: 'UP' as const,
        responseTimeMs,
        phases: { ...NO_PHASES },
        statusCode: 200,
        error: null,
        category: null,
        localFault: false,
        details: null,
        evidence: null,
      },
    }
  })
}

/** Numbers in [0, 1) that look like chance and are not. */
function fromSeed(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}
