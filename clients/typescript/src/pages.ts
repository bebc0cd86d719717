const PAGE_ROWS = 100

/** An address with its parts escaped. */
export function pathOf(texts: TemplateStringsArray, ...parts: string[]): string {
  return texts.map((text, at) => text + (at < parts.length ? encodeURIComponent(parts[at] ?? '') : '')).join('')
}

/** Where in a list a request begins, and how many rows it asks for. */
interface Place {
  limit?: number
  offset?: number
  page?: number
}

/**
 * Every row of a list, page by page. `offset` in the query is where it begins, `limit` how many are asked for at once.
 * Rows that come or go meanwhile may be seen twice or not at all.
 */
export async function* pagesOf<Query extends Place, Row>(
  query: Query,
  read: (query: Query) => Promise<{ rows: Row[]; hasMore: boolean }>,
): AsyncGenerator<Row, void, undefined> {
  const { page = 1, ...rest } = query
  const limit = query.limit ?? PAGE_ROWS
  let offset = query.offset ?? (page - 1) * limit
  for (;;) {
    const { rows, hasMore } = await read({ ...rest, limit, offset } as Query)
    yield* rows
    if (!hasMore || rows.length === 0) return
    offset += rows.length
  }
}
