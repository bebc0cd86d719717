const KEY_NAMES = new Set([
  'api_key',
  'apikey',
  'api-key',
  'x-api-key',
  'key',
  'token',
  'access_token',
  'authorization',
])

/** Whether the query string carries an API key, by its name or by its look. Query strings end up in logs and histories. */
export function hasSecretInQuery(url: string): boolean {
  const at = url.indexOf('?')
  if (at < 0) return false
  const query = url.slice(at + 1)
  if (query.includes('sk_live_')) return true
  for (const [name, value] of new URLSearchParams(query)) {
    if (KEY_NAMES.has(name.toLowerCase()) || name.includes('sk_live_') || value.includes('sk_live_')) return true
  }
  return false
}

/** A path for the log: without its query, and without what opens something: a key, a heartbeat's secret, a link's token. */
export function loggedPath(url: string, route: string | undefined): string {
  if (route?.includes(':token')) return route
  return pathOf(url)
    .replace(/(sk_live_|hb_)\w+/g, '$1…')
    .replace(/(?<=\/)[\w-]{43}(?=\/|$)/g, '…')
}

/** The path alone: queries are never logged. */
export function pathOf(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? url : url.slice(0, at)
}
