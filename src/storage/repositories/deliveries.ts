import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { AlertEventName, AlertPayload } from '#domain'
import { fromJson } from '../json.ts'
import type { Delivery, DeliveryAttempt, DeliveryRepository, DeliveryStatus } from '../port.ts'
import type { Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { inChunks } from './in-chunks.ts'

/** One piece of clearing up removes at most this many rows of a kind. */
const ROWS_A_PIECE = 200

export function deliveryRepository(db: Kysely<Tables>): DeliveryRepository {
  const withEvent = () => selectWithEvent(db)
  const getText = withEvent().where('delivery.id', '=', '').where('delivery.channel_id', '=', '').compile().sql
  const pendingTexts = new Map<number, string>()
  return {
    async pending(afterId, limit) {
      const text = pendingTexts.get(limit) ?? pendingText(db, limit)
      pendingTexts.set(limit, text)
      const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [afterId]))
      return rows.map(toDelivery)
    },
    async get(channelId, id) {
      const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(getText, [id, channelId]))
      const [row] = rows
      return row === undefined ? null : toDelivery(row)
    },
    async list(channelId, page) {
      const rows = await withEvent()
        .where('delivery.channel_id', '=', channelId)
        .orderBy('delivery.created_at', 'desc')
        .orderBy('delivery.key', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      const count = await countRows(db.selectFrom('delivery').where('channel_id', '=', channelId))
      return { rows: rows.map(toDelivery), count }
    },
    async attempts(deliveryIds) {
      const found: DeliveryAttempt[] = []
      for (const ids of inChunks(deliveryIds)) {
        const rows = await db
          .selectFrom('delivery_attempt')
          .selectAll()
          .where('delivery_id', 'in', ids)
          .orderBy('delivery_id')
          .orderBy('key')
          .execute()
        for (const row of rows)
          found.push({
            deliveryId: row.delivery_id,
            atMs: row.at_ms,
            durationMs: row.duration_ms,
            statusCode: row.status_code,
            error: row.error,
          })
      }
      return Map.groupBy(found, ({ deliveryId }) => deliveryId)
    },
    async record(attempt, outcome) {
      await db.transaction().execute(async (tx) => {
        const done = await tx
          .updateTable('delivery')
          .set((row) => ({
            attempts: row('attempts', '+', 1),
            status: outcome.status,
            next_attempt_at: outcome.nextAttemptAtMs,
            delivered_at: outcome.deliveredAtMs,
            last_attempt_at: attempt.atMs,
            last_status_code: attempt.statusCode,
            last_error: attempt.error,
          }))
          .where('id', '=', attempt.deliveryId)
          .executeTakeFirst()
        // Its channel was deleted while the attempt ran.
        if (done.numUpdatedRows === 0n) return
        await tx
          .insertInto('delivery_attempt')
          .values({
            delivery_id: attempt.deliveryId,
            at_ms: attempt.atMs,
            duration_ms: attempt.durationMs,
            status_code: attempt.statusCode,
            error: attempt.error,
          })
          .execute()
      })
    },
    async again(id, of, atMs) {
      await db
        .insertInto('delivery')
        .values({
          id,
          event_id: of.event.id,
          channel_id: of.channelId,
          is_again: 1,
          status: 'pending',
          attempts: 0,
          next_attempt_at: atMs,
          created_at: atMs,
        })
        .execute()
    },
    async dropOlder(beforeMs) {
      return db.transaction().execute(async (tx) => {
        // Keys grow with time, so the oldest are found at once.
        const ended = await tx
          .selectFrom('delivery')
          .select('key')
          .where('created_at', '<', beforeMs)
          .where('status', '!=', 'pending')
          .orderBy('key')
          .limit(ROWS_A_PIECE)
          .execute()
        if (ended.length > 0) {
          const keys = ended.map(({ key }) => key)
          await tx.deleteFrom('delivery').where('key', 'in', keys).execute()
        }
        const told = await tx
          .selectFrom('event')
          .select('key')
          .where('created_at', '<', beforeMs)
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('delivery').select('delivery.key').whereRef('delivery.event_id', '=', 'event.id'))),
          )
          .orderBy('key')
          .limit(ROWS_A_PIECE)
          .execute()
        if (told.length > 0) {
          const keys = told.map(({ key }) => key)
          await tx.deleteFrom('event').where('key', 'in', keys).execute()
        }
        return ended.length === ROWS_A_PIECE || told.length === ROWS_A_PIECE
      })
    },
    async lastOutcome(channelIds) {
      const outcomes = new Map<string, { status: DeliveryStatus; atMs: number }>()
      for (const channelId of channelIds) {
        const row = await db
          .selectFrom('delivery')
          .select(['status', 'last_attempt_at'])
          .where('channel_id', '=', channelId)
          .where('last_attempt_at', 'is not', null)
          .orderBy('last_attempt_at', 'desc')
          .orderBy('key', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (row === undefined || row.last_attempt_at === null) continue
        outcomes.set(channelId, { status: toStatus(row.status), atMs: row.last_attempt_at })
      }
      return outcomes
    },
  }
}

/**
 * The query of those after one delivery. Made once, since it is asked every few seconds. Limit and status stand in the
 * text: were they parameters, SQLite would plan anew each time, which takes ten times as long as the reading.
 */
function pendingText(db: Kysely<Tables>, limit: number): string {
  // When that one is gone with its channel, from the start again: a delivery seen twice is better than one never seen.
  const afterKey = sql<number>`coalesce((select key from delivery where id = ${null}), 0)`
  return selectWithEvent(db)
    .where('delivery.status', '=', sql.lit('pending'))
    .where('delivery.key', '>', afterKey)
    .orderBy('delivery.key')
    .limit(sql.lit(limit))
    .compile().sql
}

function selectWithEvent(db: Kysely<Tables>) {
  return db
    .selectFrom('delivery')
    .innerJoin('event', 'event.id', 'delivery.event_id')
    .selectAll('delivery')
    .select([
      'event.account_id',
      'event.monitor_id',
      'event.incident_id',
      'event.name',
      'event.created_at as event_created_at',
      'event.payload_json',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectWithEvent>['executeTakeFirstOrThrow']>>

function toDelivery(row: Row): Delivery {
  return {
    id: row.id,
    event: {
      id: row.event_id,
      accountId: row.account_id,
      monitorId: row.monitor_id,
      incidentId: row.incident_id,
      name: row.name as AlertEventName,
      createdAtMs: row.event_created_at,
      payload: fromJson<AlertPayload>(row.payload_json),
    },
    channelId: row.channel_id,
    status: toStatus(row.status),
    attempts: row.attempts,
    nextAttemptAtMs: row.next_attempt_at,
    deliveredAtMs: row.delivered_at,
    lastStatusCode: row.last_status_code,
    lastError: row.last_error,
    createdAtMs: row.created_at,
  }
}

function toStatus(text: string): DeliveryStatus {
  return text === 'delivered' || text === 'failed' ? text : 'pending'
}
