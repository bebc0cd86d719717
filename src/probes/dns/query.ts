import { Buffer } from 'node:buffer'
import { encode, RECURSION_DESIRED } from 'dns-packet'
import type { DnsRecord } from './config.ts'

/** What a UDP answer may take without being broken up on the way: the figure of the DNS flag day of 2020. */
const UDP_PAYLOAD_BYTES = 1_232
const HEADER_BYTES = 12

/** A question on the wire, but for its id. With EDNS (RFC 6891) unless the server can't read it. */
export interface Query {
  withEdns: Buffer
  plain: Buffer
}

export function makeQuery(name: string, record: DnsRecord): Query {
  const packet = { type: 'query', flags: RECURSION_DESIRED, questions: [{ name, type: record }] } as const
  const edns = { type: 'OPT', name: '.', udpPayloadSize: UDP_PAYLOAD_BYTES } as const
  return {
    plain: encode({ ...packet, questions: [...packet.questions] }),
    withEdns: encode({
      ...packet,
      questions: [...packet.questions],
      additionals: [{ ...edns, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] }],
    }),
  }
}

/** The question with an id, ready to be sent. */
export function withId(query: Buffer, id: number): Buffer {
  const message = Buffer.from(query)
  message.writeUInt16BE(id, 0)
  return message
}

/**
 * Whether a message answers this very question: its id, its question, and that it is an answer at all. Servers that
 * can't read a question may leave it out of their error (RFC 1035 does not say), so an error without one counts.
 */
export function answers(message: Buffer, asked: Buffer): boolean {
  if (message.length < HEADER_BYTES || message.readUInt16BE(0) !== asked.readUInt16BE(0)) return false
  const isAnswer = (byte(message, 2) & 0x80) !== 0
  if (!isAnswer) return false
  const questions = message.readUInt16BE(4)
  if (questions === 0) return headerRcode(message) !== 0
  return questions === 1 && sameQuestion(message, asked)
}

/** Truncated: the whole answer is to be had over TCP only. */
export function isTruncated(message: Buffer): boolean {
  return (byte(message, 2) & 0x02) !== 0
}

/** The low four bits of the response code, which is all that a message without EDNS has. */
export function headerRcode(message: Buffer): number {
  return byte(message, 3) & 0x0f
}

/** Byte by byte, but letters in either case: some servers answer in small letters. */
function sameQuestion(message: Buffer, asked: Buffer): boolean {
  let at = HEADER_BYTES
  for (let length = byte(asked, at); length > 0; length = byte(asked, at)) {
    if (byte(message, at) !== length || message.length <= at + length) return false
    for (let end = at + length; at < end; ) {
      at++
      if (smallLetter(byte(message, at)) !== smallLetter(byte(asked, at))) return false
    }
    at++
  }
  // The root label, then type and class.
  const end = at + 5
  return message.length >= end && message.compare(asked, at, end, at, end) === 0
}

function smallLetter(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code
}

function byte(message: Buffer, at: number): number {
  return message[at] ?? -1
}
