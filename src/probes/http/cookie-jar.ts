interface Cookie {
  name: string
  value: string
  /** `host` or `host:port` of the server that set it; a domain where `subdomains`. */
  host: string
  subdomains: boolean
  path: string
  secure: boolean
}

const MAX_COOKIES = 50
const MAX_COOKIE_LENGTH = 4_096

/**
 * The cookies of one check, so that a redirect which asks for its own cookie ends (RFC 6265, with one thing stricter:
 * a server on a port of its own shares no cookies with its neighbours).
 */
export class CookieJar {
  #cookies: Cookie[] = []

  /** Takes the `Set-Cookie` headers of an answer from `url`. What is malformed or meant for others is left out. */
  store(url: URL, setCookies: readonly string[], nowMs: number): void {
    for (const header of setCookies) {
      if (header.length > MAX_COOKIE_LENGTH) continue
      const parsed = parse(header, url, nowMs)
      if (parsed === null) continue
      const { cookie, expired } = parsed
      this.#cookies = this.#cookies.filter((kept) => !sameSlot(kept, cookie))
      if (!expired && this.#cookies.length < MAX_COOKIES) this.#cookies.push(cookie)
    }
  }

  /** The `Cookie` header for a request to `url`; empty when there is none. */
  header(url: URL): string {
    return this.#cookies
      .filter((cookie) => goesTo(cookie, url))
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }
}

function parse(header: string, url: URL, nowMs: number): { cookie: Cookie; expired: boolean } | null {
  const [pair = '', ...attributes] = header.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(equals, 0)).trim()
  const value = pair.slice(equals + 1).trim()
  if (equals < 0 || name === '' || /\p{Cc}/u.test(name + value)) return null
  const cookie: Cookie = { name, value, host: url.host, subdomains: false, path: defaultPath(url), secure: false }
  let expired = false
  let hasMaxAge = false
  for (const attribute of attributes) {
    const [rawKey = '', ...rest] = attribute.split('=')
    const text = rest.join('=').trim()
    switch (rawKey.trim().toLowerCase()) {
      case 'path':
        if (text.startsWith('/')) cookie.path = text
        break
      case 'secure':
        cookie.secure = true
        break
      case 'max-age':
        if (/^-?\d+$/.test(text)) {
          hasMaxAge = true
          expired = Number(text) <= 0
        }
        break
      case 'expires':
        // Max-Age wins wherever it stands (RFC 6265, section 5.3). A date that can't be read compares as false.
        if (!hasMaxAge) expired = Date.parse(text) <= nowMs
        break
      case 'domain': {
        const domain = text.replace(/^\./, '').toLowerCase()
        if (domain === '' || domain === url.hostname) break
        if (!domain.includes('.') || url.port !== '' || !url.hostname.endsWith(`.${domain}`)) return null
        cookie.host = domain
        cookie.subdomains = true
      }
    }
  }
  return { cookie, expired }
}

/** RFC 6265, section 5.1.4. */
function defaultPath({ pathname }: URL): string {
  const end = pathname.lastIndexOf('/')
  return end <= 0 ? '/' : pathname.slice(0, end)
}

function sameSlot(a: Cookie, b: Cookie): boolean {
  return a.name === b.name && a.host === b.host && a.path === b.path
}

function goesTo({ host, subdomains, path, secure }: Cookie, url: URL): boolean {
  const hostFits = url.host === host || (subdomains && url.port === '' && url.hostname.endsWith(`.${host}`))
  const pathFits =
    url.pathname === path ||
    (url.pathname.startsWith(path) && (path.endsWith('/') || url.pathname[path.length] === '/'))
  return hostFits && pathFits && (!secure || url.protocol === 'https:')
}
