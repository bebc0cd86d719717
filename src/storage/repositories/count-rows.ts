import type { SelectQueryBuilder } from 'kysely'
import type { Tables } from '../schema.ts'

/** How many rows a query matches. */
export async function countRows<Table extends keyof Tables>(
  matching: SelectQueryBuilder<Tables, Table, object>,
): Promise<number> {
  const { count } = await matching.select((row) => row.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}
