import { StatusAppError } from '#client'

/** What the API found wrong, by the path of the field. */
export function errorsOf(error: unknown): ReadonlyMap<string, string> {
  const details = error instanceof StatusAppError ? error.details : []
  return new Map(details.map(({ path, message }) => [path, message]))
}
