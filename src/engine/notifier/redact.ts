import type { AnyChannel } from '#channels'
import type { Json } from '#domain'

const SHORTEST_SECRET = 4
const MASK = '***'

/**
 * Takes every secret of a channel's configuration out of a text: what its schema marks as secret, and of any URL the
 * user, the password and the query. A second line of defence: receivers echo what they were sent.
 */
export function redact(text: string, channel: AnyChannel, config: { [key: string]: Json }): string {
  const secrets = new Set<string>()
  const properties: { [name: string]: object } = channel.config.properties
  for (const [name, value] of Object.entries(config)) {
    const field = properties[name]
    // A field that the schema does not know is taken for a secret.
    const isSecret = field === undefined || ('secret' in field && field.secret === true)
    for (const string of stringsIn(value)) {
      if (isSecret) secrets.add(string)
      for (const part of secretsOfUrl(string)) secrets.add(part)
    }
  }
  let clean = text
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length >= SHORTEST_SECRET) clean = clean.replaceAll(secret, MASK)
  }
  return clean
}

function* stringsIn(value: Json): Generator<string> {
  if (typeof value === 'string') {
    yield value
    // What follows a scheme, as in `Bearer …`.
    yield* value.split(/\s+/).filter((word) => word.length >= 8)
  } else if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) yield* stringsIn(inner)
  }
}

function* secretsOfUrl(text: string): Generator<string> {
  if (!text.includes('://') || !URL.canParse(text)) return
  const url = new URL(text)
  const user = decoded(url.username)
  const password = decoded(url.password)
  yield* [url.search, url.search.slice(1), url.username, url.password, user, password]
  yield Buffer.from(`${user}:${password}`).toString('base64')
  for (const [, value] of url.searchParams) yield* [value, encodeURIComponent(value)]
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
