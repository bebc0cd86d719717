import { Buffer } from 'node:buffer'
import { socketName } from '../net/connect-failure.ts'
import { unbracket } from './hop.ts'

/** A proxy that a check goes through. */
export interface ProxyServer {
  kind: 'http' | 'socks5' | 'socks5h'
  /** Without brackets. */
  host: string
  port: number
  /** `proxy.example:3128`: how it is named to people. */
  name: string
  username: string
  password: string
}

const PORTS: { readonly [kind in ProxyServer['kind']]: number } = { http: 80, socks5: 1080, socks5h: 1080 }
/** RFC 1929, section 2. */
const SOCKS_TEXT_MAX = 255

/** Reads `proxyUrl`. Returns the proxy, or a sentence that says what is wrong. */
export function readProxy(text: string): ProxyServer | string {
  const url = URL.parse(text)
  const kind = /^(http|socks5|socks5h):$/.exec(url?.protocol ?? '')?.[1] as ProxyServer['kind'] | undefined
  const bad = 'expected a URL such as http://proxy.example:3128, socks5://… or socks5h://…'
  if (url === null || kind === undefined || url.hostname === '' || url.port === '0') return bad
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return `${bad}, with no path`
  const username = decoded(url.username)
  const password = decoded(url.password)
  if (username === null || password === null) return 'the user name or password has a bad percent escape'
  if (kind !== 'http' && Math.max(Buffer.byteLength(username), Buffer.byteLength(password)) > SOCKS_TEXT_MAX) {
    return `SOCKS 5 takes user names and passwords of at most ${SOCKS_TEXT_MAX} bytes`
  }
  const host = unbracket(url.hostname)
  const port = url.port === '' ? PORTS[kind] : Number(url.port)
  return { kind, host, port, name: socketName(host, port), username, password }
}

/** Texts of a proxy that must not be shown. */
export function proxySecrets({ username, password }: ProxyServer): string[] {
  return [password, basicPair(username, password)]
}

export function basicPair(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`).toString('base64')
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
