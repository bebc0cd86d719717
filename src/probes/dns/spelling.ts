import { Buffer } from 'node:buffer'
import { isIP } from 'node:net'
import type { CaaData, MxData, SoaData, SrvData } from 'dns-packet'
import ipaddr from 'ipaddr.js'
import type { DnsRecord } from './config.ts'
import { plainName } from './name.ts'

/** A record in words. */
export interface Spelled {
  /** As people write it: `10 mx1.example.com`. */
  shown: string
  /** Every spelling by which it may be expected, in the form of `expectedSpelling`. */
  spellings: string[]
}

/** How to read the data of each type. An argument of another shape than the type's is a fault of ours. */
const SPELL: { readonly [record in DnsRecord]: (data: never) => Spelled } = {
  A: (address: string) => same(plainAddress(address)),
  AAAA: (address: string) => same(plainAddress(address)),
  CNAME: (name: string) => named(name),
  NS: (name: string) => named(name),
  PTR: (name: string) => named(name),
  MX: ({ preference = 0, exchange }: MxData) => ({
    shown: `${preference} ${bare(exchange)}`,
    spellings: [`${preference} ${plainName(exchange)}`, plainName(exchange)],
  }),
  TXT: (chunks: Buffer[]) => {
    const text = Buffer.concat(chunks).toString()
    return { shown: text, spellings: [text] }
  },
  SOA: ({ mname, rname, serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0 }: SoaData) => {
    const numbers = `${serial} ${refresh} ${retry} ${expire} ${minimum}`
    return {
      shown: `${bare(mname)} ${bare(rname)} ${numbers}`,
      spellings: [`${plainName(mname)} ${plainName(rname)} ${numbers}`, plainName(mname), `${serial}`],
    }
  },
  SRV: ({ priority = 0, weight = 0, port, target }: SrvData) => ({
    shown: `${priority} ${weight} ${port} ${bare(target)}`,
    spellings: [
      `${priority} ${weight} ${port} ${plainName(target)}`,
      `${plainName(target)}:${port}`,
      plainName(target),
    ],
  }),
  CAA: ({ flags = 0, tag, value }: CaaData) => {
    const small = value.toLowerCase()
    return {
      shown: `${flags} ${tag} "${value}"`,
      spellings: [`${flags} ${tag.toLowerCase()} ${small}`, `${tag.toLowerCase()} ${small}`, small],
    }
  },
}

/** Puts a decoded record into words. `data` must be what dns-packet gives for this type. */
export function spell(record: DnsRecord, data: unknown): Spelled {
  return SPELL[record](data as never)
}

/** An expected value in the form in which records are compared; a sentence when no such record can be. */
export function expectedSpelling(record: DnsRecord, text: string): { spelling: string } | { problem: string } {
  const value = text.trim()
  switch (record) {
    case 'A':
      if (isIP(value) !== 4) return { problem: `expected an IPv4 address such as 192.0.2.1, got ${quote(text)}` }
      return { spelling: plainAddress(value) }
    case 'AAAA':
      if (isIP(value) !== 6) return { problem: `expected an IPv6 address such as 2001:db8::1, got ${quote(text)}` }
      return { spelling: plainAddress(value) }
    case 'TXT':
      return { spelling: unquoted(text) }
    case 'CAA':
      return { spelling: value.replaceAll('"', '').replace(/\s+/g, ' ').toLowerCase() }
    case 'SRV':
      return { spelling: words(value.replace(/\.(?=:\d+$)/, '')) }
    default:
      return { spelling: words(value) }
  }
}

/** As `dig` prints TXT: chunks in quotation marks. Anything else is meant as it stands. */
function unquoted(text: string): string {
  if (!/^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/.test(text)) return text
  const chunks = text.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  return chunks.map((chunk) => chunk.slice(1, -1).replace(/\\(.)/g, '$1')).join('')
}

function words(text: string): string {
  return text.split(/\s+/).map(plainName).join(' ')
}

/** RFC 5952 for IPv6. */
function plainAddress(address: string): string {
  const parsed = ipaddr.parse(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString()
}

function same(text: string): Spelled {
  return { shown: text, spellings: [text] }
}

function named(name: string): Spelled {
  return { shown: bare(name), spellings: [plainName(name)] }
}

function bare(name: string): string {
  return name.replace(/(?<=.)\.$/, '')
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200))
}
