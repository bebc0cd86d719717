import { type IdPrefix, isId } from '#domain'
import { type ApiError, apiError } from './errors.ts'

/** What people call the things that addresses name, by the prefix of their ids. */
const NAMES = {
  inc: 'incident',
  inv: 'invitation',
  key: 'API key',
  mem: 'member',
  mon: 'monitor',
  mw: 'maintenance window',
  nc: 'notification channel',
  sp: 'status page',
} as const satisfies { [prefix in IdPrefix]?: string }

/**
 * What an address names, by a read among what the caller's account has. Another account's is as unknown as none, and what
 * is no id is not looked for. Throws `ApiError` (404).
 */
export async function findOwn<Thing>(
  prefix: keyof typeof NAMES,
  id: string,
  read: (id: string) => Promise<Thing | null>,
): Promise<Thing> {
  const found = isId(prefix, id) ? await read(id) : null
  if (found === null) throw unknownId(prefix)
  return found
}

/** The refusal for an id that nothing of the account has. */
export function unknownId(prefix: keyof typeof NAMES): ApiError {
  return apiError('NOT_FOUND', `There is no ${NAMES[prefix]} of this id.`)
}
