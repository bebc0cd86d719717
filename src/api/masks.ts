import type { TObject, TSchema } from 'typebox'
import type { Json } from '#domain'
import { isCredentialHeader, MASK, maskHeaders } from '#probes'

/** A type's own configuration, of a monitor or a channel. */
export type Config = { [name: string]: Json }

const USER_INFO = /^((?:[a-z][a-z0-9+.-]*:)?\/\/|)([^/?#]*)@/i

/** The URL with its user info shown as `••••`. */
export function maskUserInfo(url: string): string {
  return url.replace(USER_INFO, (_whole, scheme: string) => `${scheme}${MASK}@`)
}

/** Puts the stored user info back where the mask was sent. Null when there is none to put back. */
export function unmaskUserInfo(given: string, stored: string | null): string | null {
  const userInfo = USER_INFO.exec(given)?.[2]
  if (userInfo === undefined || !userInfo.includes(MASK)) return given
  const kept = stored === null ? undefined : USER_INFO.exec(stored)?.[2]
  return kept === undefined ? null : given.replace(USER_INFO, (_whole, scheme: string) => `${scheme}${kept}@`)
}

/** A configuration as it may be shown: secret fields, credentials among headers and user info in URLs are masked. */
export function maskConfig(schema: TObject, config: Config): Config {
  const shown: Config = {}
  for (const [name, value] of Object.entries(config)) shown[name] = maskValue(name, schema.properties[name], value)
  return shown
}

function maskValue(name: string, schema: TSchema | undefined, value: Json): Json {
  if (value === null) return null
  if (name === 'requestHeaders') return maskRequestHeaders(value)
  if (schema !== undefined && Reflect.get(schema, 'secret') === true) return maskAll(value)
  if (typeof value === 'string' && /url$/i.test(name)) return maskUserInfo(value)
  const inner: unknown = schema === undefined ? null : Reflect.get(schema, 'properties')
  if (isObject(value) && isObject(inner)) return maskConfig(schema as TObject, value)
  return value
}

function maskAll(value: Json): Json {
  if (Array.isArray(value)) return value.map(maskAll)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskAll(item)]))
  return typeof value === 'string' && value !== '' ? MASK : value
}

function maskRequestHeaders(value: Json): Json {
  const headers = headersOf(value)
  if (headers === null) return value
  const hasSecret = Object.entries(headers).some(([name, item]) => isCredentialHeader(name, item))
  if (!hasSecret) return value
  const shown = maskHeaders(headers)
  return typeof value === 'string' ? JSON.stringify(shown) : shown
}

/**
 * Puts stored secrets back where the mask was sent. `missing` names the fields whose mask stands for nothing stored.
 */
export function keepMasked(given: Config, stored: Config | null): { config: Config; missing: string[] } {
  const missing: string[] = []
  const config: Config = {}
  for (const [name, value] of Object.entries(given)) {
    config[name] = keepValue(name, value, stored?.[name] ?? null, missing)
  }
  return { config, missing }
}

function keepValue(path: string, given: Json, stored: Json, missing: string[]): Json {
  if (path === 'requestHeaders' && typeof given === 'string') {
    const headers = given.includes(MASK) ? headersOf(given) : null
    if (headers === null) return given
    if (given === maskRequestHeaders(stored)) return stored
    return JSON.stringify(keepValue(path, headers, headersOf(stored), missing))
  }
  if (typeof given === 'string' && given.includes(MASK)) {
    if (given === MASK && typeof stored === 'string') return stored
    const url = unmaskUserInfo(given, typeof stored === 'string' ? stored : null)
    if (url !== null && url !== given) return url
    missing.push(path)
    return given
  }
  if (isObject(given)) {
    const before = path === 'requestHeaders' ? (headersOf(stored) ?? {}) : isObject(stored) ? stored : {}
    const kept: Config = {}
    for (const [name, value] of Object.entries(given)) {
      kept[name] = keepValue(`${path}.${name}`, value, sameName(before, name), missing)
    }
    return kept
  }
  if (Array.isArray(given))
    return given.map((item, at) =>
      keepValue(`${path}[${at}]`, item, (Array.isArray(stored) ? stored[at] : null) ?? null, missing),
    )
  return given
}

/** Header names differ in capitals only by accident. */
function sameName(object: Config, name: string): Json {
  const found = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase())
  return found === undefined ? null : (object[found] ?? null)
}

function headersOf(value: Json): { [name: string]: string } | null {
  let object: unknown = value
  if (typeof value === 'string') {
    try {
      object = JSON.parse(value)
    } catch {
      return null
    }
  }
  if (!isObject(object)) return null
  return Object.fromEntries(Object.entries(object).map(([name, item]) => [name, String(item)]))
}

function isObject(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
