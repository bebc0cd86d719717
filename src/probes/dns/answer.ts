import type { Buffer } from 'node:buffer'
import { type Answer, decode } from 'dns-packet'
import { DNS_RECORDS, type DnsRecord } from './config.ts'
import { plainName } from './name.ts'
import { type Spelled, spell } from './spelling.ts'

/** A record of the answer section. */
export interface AnswerRecord extends Spelled {
  owner: string
  type: string
  /** Seconds; null where the server gave none. */
  ttl: number | null
}

/** An answer, read. */
export interface DnsAnswer {
  /** `NOERROR`, `NXDOMAIN`, …: header and EDNS together. */
  rcode: string
  isAuthoritative: boolean
  /** The whole answer section. */
  section: AnswerRecord[]
  /** The names that the asked one leads to by CNAME, in order; without the asked one. */
  chain: string[]
  /** Records of the asked type that belong to the asked name, or to the end of its chain. */
  records: AnswerRecord[]
}

/** IANA's registry of DNS RCODEs, as far as answers to plain questions have them. */
const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']
const BADVERS = 16

/** Reads an answer to a question for `record` of `name` (as sent). Null when it can't be read. */
export function readAnswer(message: Buffer, name: string, record: DnsRecord): DnsAnswer | null {
  try {
    const { answers = [], additionals = [], flags = 0, flag_aa } = decode(message)
    const section = answers.map(readRecord)
    const chain = followChain(section, plainName(name))
    const end = chain.at(-1) ?? plainName(name)
    const owner = record === 'CNAME' ? plainName(name) : end
    return {
      rcode: rcodeName((extendedRcode(additionals) << 4) | (flags & 0x0f)),
      isAuthoritative: flag_aa,
      section,
      chain: record === 'CNAME' ? [] : chain,
      records: section.filter((each) => each.type === record && plainName(each.owner) === owner),
    }
  } catch {
    // The decoder throws for whatever does not hold together; what it says would mean nothing to a user.
    return null
  }
}

export function rcodeName(rcode: number): string {
  return rcode === BADVERS ? 'BADVERS' : (RCODES[rcode] ?? `RCODE ${rcode}`)
}

function readRecord(answer: Answer): AnswerRecord {
  const type = DNS_RECORDS.find((each) => each === answer.type)
  const isKnown = type !== undefined && 'data' in answer
  const spelled = isKnown ? spell(type, answer.data) : { shown: '', spellings: [] }
  return {
    ...spelled,
    owner: answer.name,
    type: answer.type,
    ttl: 'ttl' in answer && answer.ttl !== undefined ? answer.ttl : null,
  }
}

function followChain(section: AnswerRecord[], name: string): string[] {
  const chain: string[] = []
  for (let at = name; ; ) {
    const alias = section.find(({ type, owner }) => type === 'CNAME' && plainName(owner) === at)
    const next = alias?.spellings[0]
    // A loop ends the chain.
    if (next === undefined || next === name || chain.includes(next)) return chain
    chain.push(next)
    at = next
  }
}

function extendedRcode(additionals: Answer[]): number {
  for (const each of additionals) if (each.type === 'OPT' && 'extendedRcode' in each) return each.extendedRcode
  return 0
}
