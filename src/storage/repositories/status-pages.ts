import type { Kysely, Selectable, Transaction } from 'kysely'
import { fromJson } from '../json.ts'
import type { StatusPageTable, Tables } from '../schema.ts'
import type {
  ListedStatusPage,
  PageComponent,
  PageGroup,
  StatusPage,
  StatusPageRepository,
  TakenAddress,
} from '../status-pages.ts'
import { countRows } from './count-rows.ts'
import { inChunks } from './in-chunks.ts'

/** Monitors stored by one statement, which names each with its fields. */
const CHUNK = 100

type Settings = Pick<
  StatusPage,
  'description' | 'companyName' | 'theme' | 'brandColor' | 'logoUrl' | 'faviconUrl' | 'timezone'
>

/** Status pages in the database, with the monitors on them. */
export function statusPageRepository(db: Kysely<Tables>): StatusPageRepository {
  return {
    async create(page) {
      return await db.transaction().execute(async (tx) => {
        const taken = await takenAddress(tx, page)
        if (taken !== null) return taken
        const { key } = await tx
          .insertInto('status_page')
          .values({ id: page.id, account_id: page.accountId, created_at: page.createdAtMs, ...changedColumns(page) })
          .returning('key')
          .executeTakeFirstOrThrow()
        await insertComponents(tx, key, page)
        return null
      })
    },
    async update(page) {
      return await db.transaction().execute(async (tx) => {
        const taken = await takenAddress(tx, page)
        if (taken !== null) return taken
        const row = await tx
          .updateTable('status_page')
          .set(changedColumns(page))
          .where('id', '=', page.id)
          .where('account_id', '=', page.accountId)
          .returning('key')
          .executeTakeFirst()
        if (row === undefined) return 'unknown'
        await tx.deleteFrom('status_page_monitor').where('page_key', '=', row.key).execute()
        await insertComponents(tx, row.key, page)
        return null
      })
    },
    async delete(accountId, id) {
      const done = await db
        .deleteFrom('status_page')
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return done.numDeletedRows === 1n
    },
    async get(accountId, id) {
      const row = await db
        .selectFrom('status_page')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? null : toPage(row, await componentsOf(db, row.key))
    },
    async list(accountId, page) {
      const rows = await db
        .selectFrom('status_page')
        .selectAll()
        .select((from) =>
          from
            .selectFrom('status_page_monitor')
            .whereRef('page_key', '=', 'status_page.key')
            .select((all) => all.fn.countAll<number>().as('count'))
            .as('monitor_count'),
        )
        .where('account_id', '=', accountId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return {
        rows: rows.map((row) => ({ ...toListed(row), monitorCount: Number(row.monitor_count ?? 0) })),
        count: await count(accountId),
      }
    },
    count,
  }

  function count(accountId: string): Promise<number> {
    return countRows(db.selectFrom('status_page').where('account_id', '=', accountId))
  }
}

async function takenAddress(tx: Transaction<Tables>, page: StatusPage): Promise<TakenAddress | null> {
  const others = tx.selectFrom('status_page').select('key').where('id', '!=', page.id)
  if ((await others.where('slug', '=', page.slug).executeTakeFirst()) !== undefined) return 'slug'
  if (page.customDomain === null) return null
  const other = await others.where('custom_domain', '=', page.customDomain).executeTakeFirst()
  return other === undefined ? null : 'customDomain'
}

async function insertComponents(tx: Transaction<Tables>, pageKey: number, page: StatusPage): Promise<void> {
  for (const [nth, chunk] of inChunks(page.components, CHUNK).entries()) {
    const monitors = await tx
      .selectFrom('monitor')
      .select(['key', 'id'])
      .where('account_id', '=', page.accountId)
      .where(
        'id',
        'in',
        chunk.map(({ monitorId }) => monitorId),
      )
      .execute()
    const keys = new Map(monitors.map(({ key, id }) => [id, key]))
    const rows = chunk.flatMap((component, index) => {
      const monitorKey = keys.get(component.monitorId)
      if (monitorKey === undefined) return []
      return {
        page_key: pageKey,
        monitor_key: monitorKey,
        position: nth * CHUNK + index,
        display_name: component.displayName,
        group_name: component.group,
        show_response_time: Number(component.showResponseTime),
      }
    })
    if (rows.length > 0) await tx.insertInto('status_page_monitor').values(rows).execute()
  }
}

async function componentsOf(db: Kysely<Tables>, pageKey: number): Promise<PageComponent[]> {
  const rows = await db
    .selectFrom('status_page_monitor')
    .innerJoin('monitor', 'monitor.key', 'monitor_key')
    .select(['monitor.id', 'display_name', 'group_name', 'show_response_time'])
    .where('page_key', '=', pageKey)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    monitorId: row.id,
    displayName: row.display_name,
    group: row.group_name,
    showResponseTime: row.show_response_time === 1,
  }))
}

function changedColumns(page: StatusPage) {
  const { description, companyName, theme, brandColor, logoUrl, faviconUrl, timezone } = page
  const settings: Settings = { description, companyName, theme, brandColor, logoUrl, faviconUrl, timezone }
  return {
    name: page.name,
    slug: page.slug,
    custom_domain: page.customDomain,
    is_public: Number(page.isPublic),
    settings_json: JSON.stringify(settings),
    groups_json: JSON.stringify(page.groups),
    updated_at: page.updatedAtMs,
  }
}

function toListed(row: Selectable<StatusPageTable>): Omit<ListedStatusPage, 'monitorCount'> {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    slug: row.slug,
    customDomain: row.custom_domain,
    isPublic: row.is_public === 1,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }
}

function toPage(row: Selectable<StatusPageTable>, components: PageComponent[]): StatusPage {
  return {
    ...toListed(row),
    ...fromJson<Settings>(row.settings_json),
    groups: fromJson<PageGroup[]>(row.groups_json),
    components,
  }
}
