import { isIPv6 } from 'node:net'
import type { Json, MonitorType } from '#domain'

/** What an address on the command line stands for: a monitor's type, url and fields. */
export interface CheckTarget {
  type: MonitorType
  url: string
  config: { [field: string]: Json }
}

/** How a word behind the `?` becomes a field of the monitor. */
type Parameter = readonly [field: string, read: (value: string) => Json]

interface Scheme {
  type: MonitorType
  /** The url of the monitor, from what stands behind the scheme without its slashes. */
  url(rest: string): string
  parameters: { readonly [name: string]: Parameter }
  /** Any other parameter belongs to the url, and not to the monitor. */
  keepsOthers?: true
}

const text = (value: string): Json => value
const upper = (value: string): Json => value.toUpperCase()
const value = (given: string): Json => readValue(given)
/** `30,14,7`, or one number. */
const numbers = (given: string): Json => (given.includes(',') ? given.split(',').map(Number) : readValue(given))

const PORT_PARAMETERS = { send: ['sendData', text], expect: ['expectData', text] } as const

const SCHEMES: { readonly [name: string]: Scheme } = {
  dns: {
    type: 'DNS',
    url: (rest) => rest,
    parameters: {
      type: ['dnsRecord', upper],
      server: ['dnsServer', text],
      expect: ['expectedValue', text],
      match: ['dnsMatch', text],
    },
  },
  ping: { type: 'PING', url: (rest) => rest, parameters: { loss: ['maxPacketLoss', value] } },
  tls: { type: 'SSL_CERT', url: (rest) => rest, parameters: { days: ['sslCertExpiryDays', numbers] } },
  tcp: { type: 'PORT', url: (rest) => `tcp://${rest}`, parameters: PORT_PARAMETERS },
  udp: { type: 'PORT', url: (rest) => `udp://${rest}`, parameters: PORT_PARAMETERS },
  graphql: {
    type: 'GRAPHQL',
    url: (rest) => (/^https?:\/\//i.test(rest) ? rest : `https://${rest}`),
    parameters: {
      query: ['graphqlQuery', text],
      variables: ['graphqlVariables', text],
      operation: ['graphqlOperationName', text],
    },
    keepsOthers: true,
  },
}
const ALIASES: { readonly [name: string]: string } = { icmp: 'ping', ssl: 'tls' }

export const ADDRESS_EXAMPLES = [
  'https://example.com/',
  'example.com',
  'dns:example.com?type=MX&server=1.1.1.1',
  'ping:example.com',
  'tls:example.com:443',
  'tcp:example.com:22?expect=SSH',
  'udp:192.0.2.1:53',
  'graphql:https://example.com/graphql?query={health}',
]

/**
 * Reads what to check: a URL, a host (over HTTPS), or `scheme:host` with the type's fields behind a `?`, by a short name
 * or as the API names them. Returns a sentence for a scheme that it does not know.
 */
export function readCheckAddress(address: string): CheckTarget | string {
  const given = address.trim()
  const [, word, rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(given) ?? []
  const name = word?.toLowerCase()
  if (name === 'http' || name === 'https') return { type: 'WEBSITE', url: given, config: {} }
  const scheme = name === undefined ? undefined : SCHEMES[ALIASES[name] ?? name]
  if (scheme !== undefined) return readScheme(scheme, rest.replace(/^\/\//, ''))
  // `localhost:3000` is a host with a port, and `fe80::1` an address; neither has a scheme.
  if (name === undefined || isIPv6(given) || /^\d+(?:[/?#]|$)/.test(rest)) {
    return { type: 'WEBSITE', url: `https://${isIPv6(given) ? `[${given}]` : given}`, config: {} }
  }
  return `url: ${word}: can't be checked; expected an address such as ${ADDRESS_EXAMPLES.join(', ')}`
}

function readScheme(scheme: Scheme, rest: string): CheckTarget {
  const mark = rest.indexOf('?')
  const place = mark < 0 ? rest : rest.slice(0, mark)
  const fields = new Map<string, Json>()
  const others: string[] = []
  for (const pair of mark < 0 ? [] : rest.slice(mark + 1).split('&')) {
    const [name = '', given = ''] = splitOnce(pair)
    const parameter = Object.hasOwn(scheme.parameters, name) ? scheme.parameters[name] : undefined
    if (parameter !== undefined) add(fields, parameter[0], parameter[1](decoded(given)))
    else if (scheme.keepsOthers) others.push(pair)
    else if (name !== '') add(fields, decoded(name), readValue(decoded(given)))
  }
  const query = others.length > 0 ? `?${others.join('&')}` : ''
  return { type: scheme.type, url: `${scheme.url(place)}${query}`, config: Object.fromEntries(fields) }
}

/** A field that is given twice is a list. */
function add(fields: Map<string, Json>, field: string, given: Json): void {
  const before = fields.get(field)
  fields.set(field, before === undefined ? given : [before, given].flat())
}

function splitOnce(pair: string): [string, string] {
  const equals = pair.indexOf('=')
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
}

/** Percent escapes only: a plus stays a plus, since people type these. */
function decoded(given: string): string {
  try {
    return decodeURIComponent(given)
  } catch {
    return given
  }
}

/** A value as JSON has it; anything else is text. */
export function readValue(given: string): Json {
  try {
    return JSON.parse(given)
  } catch {
    return given
  }
}
