import { isIPv6 } from 'node:net'
import { parseJsonObject } from '#domain'

/** Headers as a list of name and value, in the order given. */
export type HeaderList = [name: string, value: string][]

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** RFC 9110, section 5.5: visible characters, blanks and tabs between them, and bytes from 0x80 up. */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

/** These belong to the connection or are worked out from the request (RFC 9110, section 7.6.1). */
const NOT_YOURS = new Set([
  'connection',
  'content-length',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Reads `requestHeaders`: a JSON string or an object. Returns the headers, or a sentence that says what is wrong. */
export function readRequestHeaders(given: string | { [name: string]: string } | undefined): HeaderList | string {
  if (given === undefined || given === '') return []
  const object = typeof given === 'string' ? parseJsonObject(given) : given
  if (object === null) return 'expected a JSON object of header names and values, such as {"Accept": "text/html"}'
  const list: HeaderList = []
  const seen = new Set<string>()
  for (const [name, raw] of Object.entries(object)) {
    const value = typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : raw
    const problem =
      typeof value === 'string' ? headerProblem(name, value) : `${show(name)}: expected a text as its value`
    if (problem !== null) return problem
    if (seen.has(name.toLowerCase())) return `${show(name)} is given twice`
    seen.add(name.toLowerCase())
    list.push([name, String(value)])
  }
  return list
}

/** What is wrong with a header; null when nothing is. */
export function headerProblem(name: string, value: string): string | null {
  if (!TOKEN.test(name))
    return `${show(name)} is not a header name (RFC 9110 allows letters, digits and !#$%&'*+-.^_\`|~)`
  const lower = name.toLowerCase()
  if (NOT_YOURS.has(lower)) return `${name} can't be set: it belongs to the connection`
  if (/[\r\n\0]/.test(value)) return `${name}: line breaks and NUL are not allowed in a header value`
  if (!FIELD_VALUE.test(value)) {
    return `${name}: only printable Latin-1 characters are allowed in a header value, with no blank at either end`
  }
  if (lower === 'host' && !isAuthority(value))
    return `Host: expected a host name with an optional port, got ${show(value)}`
  return null
}

function isAuthority(value: string): boolean {
  const literal = /^\[([^\]]*)\](:\d{1,5})?$/.exec(value)
  return literal !== null ? isIPv6(literal[1] ?? '') : /^[A-Za-z0-9._-]+(:\d{1,5})?$/.test(value)
}

function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
