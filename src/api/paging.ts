import { Type } from 'typebox'
import type { Page, Paged } from '#storage'
import { invalid } from './errors.ts'

/** How many rows a list answers unless asked. */
const DEFAULT_LIMIT = 50
const OFFSET_MAX = 1_000_000_000_000

/** Query fields that every list takes. */
export const PageFields = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Rows to answer.', default: 50 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: OFFSET_MAX, description: 'Rows to skip.', default: 0 })),
  page: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Another way to say `offset`: pages from 1.' }),
  ),
}

/** The page that a query asks for. Throws `ApiError` when it asks for two. */
export function pageOf(
  query: { limit?: number; offset?: number; page?: number },
  defaultLimit: number = DEFAULT_LIMIT,
): Page {
  if (query.page !== undefined && query.offset !== undefined)
    throw invalid([{ path: 'page', message: 'says the same as offset; send one of them' }])
  const limit = query.limit ?? (query.page === undefined ? defaultLimit : DEFAULT_LIMIT)
  return { limit, offset: query.page === undefined ? (query.offset ?? 0) : (query.page - 1) * limit }
}

/** `count` is all that match; `hasMore` whether rows follow this page. */
export function countOf<Row>(paged: Paged<Row>, page: Page): { count: number; hasMore: boolean } {
  return { count: paged.count, hasMore: page.offset + paged.rows.length < paged.count && paged.rows.length > 0 }
}
