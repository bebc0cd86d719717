import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

/** Words that pages of the product itself have, or may come to have, where a slug would stand. */
const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ...[
    'admin',
    'api',
    'app',
    'assets',
    'atom',
    'auth',
    'badge',
    'dashboard',
    'docs',
    'embed',
    'favicon',
    'feed',
    'health',
  ],
  ...['heartbeat', 'help', 'incidents', 'login', 'logout', 'metrics', 'monitors', 'new', 'null', 'public', 'rss', 's'],
  ...['settings', 'setup', 'signup', 'static', 'status-pages', 'statusapp', 'undefined', 'widget', 'www'],
])

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const HOST_MAX = 253
const URL_MAX = 2_048

/** What is wrong with a slug, in words; null when nothing is. */
export function slugProblem(slug: string): string | null {
  if (!SLUG.test(slug))
    return 'expected 1 to 63 of the characters a to z (in lower case), 0 to 9 and -, neither beginning nor ending with -'
  return RESERVED_SLUGS.has(slug) ? `"${slug}" is reserved; choose another` : null
}

/**
 * A host name as it is compared and kept: in lower case, in its ASCII form, without a dot at its end. Null for what can't
 * be one that the public reaches: an address, a URL, a single label.
 */
export function readHostName(given: string): string | null {
  if (/[\s/:@?#%\\[\]]/.test(given)) return null
  const name = domainToASCII(given.replace(/\.$/, '')).toLowerCase()
  const labels = name.split('.')
  const isName = name.length <= HOST_MAX && labels.length >= 2 && labels.every((label) => LABEL.test(label))
  // A last label of digits would make it an address to those who connect.
  return isName && isIP(name) === 0 && !/^\d+$/.test(labels.at(-1) ?? '') && labels.at(-1) !== 'localhost' ? name : null
}

/** What is wrong with the address of a picture, in words; null when nothing is. */
export function pictureProblem(given: string): string | null {
  const expected = 'expected an address that begins with https:// or http://, of at most 2048 characters'
  if (given.length > URL_MAX || /[\s\p{Cc}"'<>\\]/u.test(given) || !URL.canParse(given)) return expected
  const url = new URL(given)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return expected
  return url.username === '' && url.password === '' ? null : 'must not carry a name and password: everybody can read it'
}
