import type { Insertable, Kysely, Selectable } from 'kysely'
import { fromJson } from '../json.ts'
import type { ApiKey, KeyRepository, Permission } from '../port.ts'
import type { ApiKeyTable, Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'

/** API keys in the database, by their hashes. */
export function keyRepository(db: Kysely<Tables>): KeyRepository {
  return {
    async create(key) {
      await db.insertInto('api_key').values(toRow(key)).execute()
    },
    async list(accountId) {
      let query = db.selectFrom('api_key').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
      if (accountId !== null) query = query.where('account_id', '=', accountId)
      return (await query.execute()).map(toKey)
    },
    async page(accountId, page) {
      const matching = db.selectFrom('api_key').where('account_id', '=', accountId)
      const rows = await matching
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return { rows: rows.map(toKey), count: await countRows(matching) }
    },
    async get(accountId, id) {
      const row = await db
        .selectFrom('api_key')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? null : toKey(row)
    },
    async byHash(hash) {
      const row = await db.selectFrom('api_key').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row === undefined ? null : toKey(row)
    },
    async update(accountId, id, { name, permissions, expiresAtMs }) {
      const done = await db
        .updateTable('api_key')
        .set({ name, permissions_json: JSON.stringify(permissions), expires_at: expiresAtMs })
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async rotate(oldId, endsAtMs, next) {
      return await db.transaction().execute(async (tx) => {
        const done = await tx
          .updateTable('api_key')
          .set({ expires_at: endsAtMs, replaced_by: next.id })
          .where('id', '=', oldId)
          .where('account_id', '=', next.accountId)
          .where('revoked_at', 'is', null)
          .where('replaced_by', 'is', null)
          .executeTakeFirst()
        if (done.numUpdatedRows !== 1n) return false
        await tx.insertInto('api_key').values(toRow(next)).execute()
        return true
      })
    },
    async revoke(id, atMs) {
      const done = await db
        .updateTable('api_key')
        .set({ revoked_at: atMs })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async touch(used) {
      await db.transaction().execute(async (tx) => {
        for (const [id, atMs] of used) {
          await tx.updateTable('api_key').set({ last_used_at: atMs }).where('id', '=', id).execute()
        }
      })
    },
  }
}

function toRow(key: ApiKey): Insertable<ApiKeyTable> {
  return {
    id: key.id,
    account_id: key.accountId,
    name: key.name,
    prefix: key.prefix,
    hash: key.hash,
    permissions_json: JSON.stringify(key.permissions),
    created_at: key.createdAtMs,
    expires_at: key.expiresAtMs,
    revoked_at: key.revokedAtMs,
    last_used_at: key.lastUsedAtMs,
    created_by: key.createdBy,
    replaced_by: null,
  }
}

function toKey(row: Selectable<ApiKeyTable>): ApiKey {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    prefix: row.prefix,
    hash: row.hash,
    permissions: fromJson<Permission[]>(row.permissions_json),
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    revokedAtMs: row.revoked_at,
    lastUsedAtMs: row.last_used_at,
    createdBy: row.created_by,
  }
}
