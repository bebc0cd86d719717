import type { Insertable, Kysely, Selectable } from 'kysely'
import type { AlertEventName, Json } from '#domain'
import { fromJson } from '../json.ts'
import type { ChannelRepository, NotificationChannel } from '../port.ts'
import type { ChannelTable, Tables } from '../schema.ts'
import { openJson, sealJson } from '../sealed-json.ts'
import type { SecretBox } from '../secret-box.ts'
import { countRows } from './count-rows.ts'

export function channelRepository(db: Kysely<Tables>, secrets: SecretBox): ChannelRepository {
  return {
    async create(channel) {
      await db.insertInto('channel').values(toRow(channel, secrets)).execute()
    },
    async update(channel) {
      const { id, account_id, created_at: _kept, ...changed } = toRow(channel, secrets)
      const done = await db
        .updateTable('channel')
        .set(changed)
        .where('id', '=', id)
        .where('account_id', '=', account_id)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async delete(accountId, id) {
      return await db.transaction().execute(async (tx) => {
        const done = await tx
          .deleteFrom('channel')
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .executeTakeFirst()
        if (done.numDeletedRows !== 1n) return false
        await tx.deleteFrom('delivery').where('channel_id', '=', id).execute()
        return true
      })
    },
    async get(accountId, id) {
      const row = await db
        .selectFrom('channel')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? null : toChannel(row, secrets)
    },
    async list(accountId, page) {
      const matching = db.selectFrom('channel').where('account_id', '=', accountId)
      const rows = await matching
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return { rows: rows.map((row) => toChannel(row, secrets)), count: await countRows(matching) }
    },
    async loadAll() {
      const rows = await db.selectFrom('channel').selectAll().orderBy('key').execute()
      return rows.map((row) => toChannel(row, secrets))
    },
  }
}

function toRow(channel: NotificationChannel, secrets: SecretBox): Omit<Insertable<ChannelTable>, 'key'> {
  return {
    id: channel.id,
    account_id: channel.accountId,
    name: channel.name,
    type: channel.type,
    config_sealed: sealJson(secrets, channel.config),
    events_json: JSON.stringify(channel.events),
    all_monitors: Number(channel.allMonitors),
    is_active: Number(channel.isActive),
    created_at: channel.createdAtMs,
    updated_at: channel.updatedAtMs,
  }
}

function toChannel(row: Selectable<ChannelTable>, secrets: SecretBox): NotificationChannel {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    type: row.type,
    config: openJson<{ [key: string]: Json }>(secrets, row.config_sealed),
    events: fromJson<AlertEventName[]>(row.events_json),
    allMonitors: row.all_monitors === 1,
    isActive: row.is_active === 1,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }
}
