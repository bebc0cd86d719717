import type { DnsMatch, DnsRecord } from './config.ts'
import { expectedSpelling, type Spelled } from './spelling.ts'

interface ExpectedValue {
  /** As the user wrote it. */
  text: string
  fits(record: Spelled): boolean
}

/** What the records of an answer must say. */
export interface Expectation {
  record: DnsRecord
  match: DnsMatch
  wanted: ExpectedValue[]
  /** None of the records may say these. */
  unwanted: ExpectedValue[]
}

/** Reads expected values; a leading `!` forbids one. Returns a sentence for a value that no record can have. */
export function readExpectation(record: DnsRecord, match: DnsMatch, values: readonly string[]): Expectation | string {
  const expectation: Expectation = { record, match, wanted: [], unwanted: [] }
  for (const value of values) {
    const isForbidden = value.startsWith('!')
    const text = isForbidden ? value.slice(1) : value.replace(/^\\(?=!)/, '')
    const expected = readValue(record, match, text)
    if (typeof expected === 'string') return expected
    const list = isForbidden ? expectation.unwanted : expectation.wanted
    list.push(expected)
  }
  return expectation
}

function readValue(record: DnsRecord, match: DnsMatch, text: string): ExpectedValue | string {
  if (text.trim() === '' && record !== 'TXT') return 'expected a value, got an empty text'
  if (match === 'contains') {
    const fold = (each: string) => (record === 'TXT' ? each : each.toLowerCase())
    const part = fold(text)
    return {
      text,
      fits: ({ shown, spellings }) => [shown, ...spellings].some((each) => fold(each).includes(part)),
    }
  }
  const expected = expectedSpelling(record, text)
  if ('problem' in expected) return expected.problem
  return { text, fits: ({ spellings }) => spellings.includes(expected.spelling) }
}

/** `expected A record 192.0.2.1, got 192.0.2.2`, or null when the records are as expected. */
export function mismatch(expectation: Expectation, records: readonly Spelled[]): string | null {
  const { record, match, wanted, unwanted } = expectation
  const got = listed(records.map(({ shown }) => shown))
  const forbidden = unwanted.find((value) => records.some(value.fits))
  if (forbidden !== undefined) {
    const how = match === 'contains' ? ' with' : ''
    return `expected no ${record} record${how} ${printable(forbidden.text)}, got ${got}`
  }
  if (wanted.length === 0) return null
  const missing = wanted.filter((value) => !records.some(value.fits))
  const surplus = records.filter((each) => !wanted.some((value) => value.fits(each)))
  const every = listed(wanted.map(({ text }) => text))
  switch (match) {
    case 'any':
      if (missing.length < wanted.length) return null
      return `expected ${wanted.length === 1 ? `${record} record` : `one of the ${record} records`} ${every}, got ${got}`
    case 'exact':
      if (missing.length === 0 && surplus.length === 0) return null
      return `expected exactly the ${record} records ${every}, got ${got}`
    case 'contains':
      return missing.length === 0 ? null : `expected ${record} record with ${textsOf(missing)}, got ${got}`
    case 'all':
      return missing.length === 0 ? null : `expected ${record} record ${textsOf(missing)}, got ${got}`
  }
}

function textsOf(values: ExpectedValue[]): string {
  return listed(values.map(({ text }) => text))
}

const MAX_LISTED = 10
const MAX_SHOWN = 200

function listed(texts: string[]): string {
  const first = texts.slice(0, MAX_LISTED).map(printable)
  const more = texts.length - first.length
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function printable(text: string): string {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
  return short.replace(/\p{Cc}/gu, '\ufffd')
}
