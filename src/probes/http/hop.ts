import { Buffer } from 'node:buffer'
import type { QueryParameter } from './credentials-of.ts'
import type { HeaderList } from './request-headers.ts'

/** One request of a check, ready to be sent. */
export interface Hop {
  url: URL
  /** Name or address to connect to, without brackets. */
  host: string
  port: number
  isTls: boolean
  /** Name that the certificate must be for: the Host header's, where the monitor sets one. */
  serverName: string
  method: string
  /** Path and query. */
  path: string
  /** Name, value, name, value … as they go on the wire. */
  headers: string[]
  body: Buffer | null
  /** Still at the monitor's own origin, and never been elsewhere: its headers, credentials and body may be sent. */
  isOwn: boolean
}

export interface HopParts {
  url: URL
  method: string
  body: Buffer | null
  isOwn: boolean
  /** The monitor's own headers; none once another origin is reached. */
  ownHeaders: HeaderList
  cookies: string
  userAgent: string
  /** Sent beside the URL's own query, but not part of `url`, which is shown. */
  query?: QueryParameter | null
}

/** Like a browser, but nothing that says where the check comes from. */
const ACCEPT_ENCODING = 'gzip, deflate, br, zstd'

/** Makes the request for a URL: the monitor's own headers win over the usual ones. */
export function makeHop(parts: HopParts): Hop {
  const { url, method, body, ownHeaders, cookies } = parts
  const own = new Map(ownHeaders.map(([name, value]) => [name.toLowerCase(), value]))
  const hostHeader = own.get('host') ?? url.host
  const headers = ['Host', hostHeader]
  const usual = (name: string, value: string) => {
    if (!own.has(name.toLowerCase())) headers.push(name, value)
  }
  usual('User-Agent', parts.userAgent)
  usual('Accept', '*/*')
  usual('Accept-Encoding', ACCEPT_ENCODING)
  if (parts.isOwn && url.username + url.password !== '') usual('Authorization', basic(url))
  if (body !== null) usual('Content-Type', isJson(body) ? 'application/json' : 'text/plain; charset=utf-8')
  for (const [name, value] of ownHeaders) {
    const lower = name.toLowerCase()
    if (lower !== 'host' && lower !== 'cookie') headers.push(name, value)
  }
  const cookie = [own.get('cookie') ?? '', cookies].filter((part) => part !== '').join('; ')
  if (cookie !== '') headers.push('Cookie', cookie)
  if (body !== null || /^P(OST|UT|ATCH)$/.test(method)) headers.push('Content-Length', String(body?.length ?? 0))
  headers.push('Connection', 'close')
  const isTls = url.protocol === 'https:'
  return {
    url,
    host: unbracket(url.hostname),
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    isTls,
    serverName: unbracket(hostHeader.replace(/:\d+$/, '')),
    method,
    path: pathOf(url, parts.query ?? null),
    headers,
    body,
    isOwn: parts.isOwn,
  }
}

function pathOf({ pathname, search }: URL, query: QueryParameter | null): string {
  if (query === null) return `${pathname}${search}`
  const [name, value] = query.map(encodeURIComponent)
  return `${pathname}${search}${search === '' ? '?' : '&'}${name}=${value}`
}

/** A URL names an IPv6 address in brackets, a socket takes it without. */
export function unbracket(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host
}

function basic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString())
    return true
  } catch {
    return false
  }
}
