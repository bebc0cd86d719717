import { Buffer } from 'node:buffer'

export type Family = 4 | 6

/** An echo request to send. */
export interface EchoRequest {
  identifier: number
  sequence: number
  /** Returned by the target unchanged. */
  data: Buffer
}

/** An ICMP message that answers an echo request. */
export type EchoAnswer =
  | { kind: 'reply'; identifier: number; sequence: number; data: Buffer }
  | (QuotedRequest & { kind: 'error'; type: number; code: number; target: Buffer })

/** What an ICMP error repeats of the request that caused it. */
export interface QuotedRequest {
  identifier: number
  sequence: number
  /** As much of the data as is repeated, often nothing. */
  data: Buffer
}

const HEADER_BYTES = 8
const PROTOCOL = { 4: 1, 6: 58 } as const
const REQUEST = { 4: 8, 6: 128 } as const
const REPLY = { 4: 0, 6: 129 } as const
/** Destination unreachable, time exceeded, parameter problem; for IPv6 "packet too big" as well. */
export const ERROR_TYPES: { readonly [family in Family]: readonly number[] } = { 4: [3, 11, 12], 6: [1, 2, 3, 4] }

/** Types that a socket has to let through. */
export const ANSWER_TYPES: { readonly [family in Family]: readonly number[] } = {
  4: [REPLY[4], ...ERROR_TYPES[4]],
  6: [REPLY[6], ...ERROR_TYPES[6]],
}

/** RFC 792 and RFC 4443, section 4.1. The checksum of IPv6 covers addresses, so it is left to the kernel. */
export function encodeEcho(family: Family, { identifier, sequence, data }: EchoRequest): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + data.length)
  packet.writeUInt8(REQUEST[family], 0)
  packet.writeUInt16BE(identifier, 4)
  packet.writeUInt16BE(sequence, 6)
  data.copy(packet, HEADER_BYTES)
  if (family === 4) packet.writeUInt16BE(checksum(packet), 2)
  return packet
}

/** Reads a message without IP header. Null for one that answers no echo request, or is malformed. */
export function decodeAnswer(family: Family, message: Buffer): EchoAnswer | null {
  if (message.length < HEADER_BYTES) return null
  const type = message.readUInt8(0)
  if (type === REPLY[family]) return { kind: 'reply', ...echoFields(message) }
  if (!ERROR_TYPES[family].includes(type)) return null
  const code = message.readUInt8(1)
  const inner = innerPacket(family, message.subarray(HEADER_BYTES))
  const quoted = inner === null ? null : decodeQuoted(family, inner.message)
  return inner === null || quoted === null ? null : { kind: 'error', type, code, target: inner.target, ...quoted }
}

/** Reads the start of an echo request that came back inside an error. Null when it is none. */
export function decodeQuoted(family: Family, request: Buffer): QuotedRequest | null {
  if (request.length < HEADER_BYTES || request.readUInt8(0) !== REQUEST[family]) return null
  return echoFields(request)
}

/** What follows the IPv4 header (RFC 791); the message itself when it has none. An echo reply never begins like one. */
export function withoutIpHeader(packet: Buffer): Buffer {
  const first = packet[0] ?? 0
  return first >> 4 === 4 ? packet.subarray((first & 15) * 4) : packet
}

function echoFields(message: Buffer): QuotedRequest {
  return {
    identifier: message.readUInt16BE(4),
    sequence: message.readUInt16BE(6),
    data: message.subarray(HEADER_BYTES),
  }
}

function innerPacket(family: Family, packet: Buffer): { target: Buffer; message: Buffer } | null {
  const headerBytes = family === 4 ? ((packet[0] ?? 0) & 15) * 4 : 40
  if (packet.length < headerBytes || headerBytes < 20 || (packet[0] ?? 0) >> 4 !== family) return null
  if (packet[family === 4 ? 9 : 6] !== PROTOCOL[family]) return null
  const target = family === 4 ? packet.subarray(16, 20) : packet.subarray(24, 40)
  return { target, message: packet.subarray(headerBytes) }
}

/** RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0
  for (let i = 0; i + 1 < bytes.length; i += 2) sum += bytes.readUInt16BE(i)
  if (bytes.length % 2 === 1) sum += (bytes[bytes.length - 1] ?? 0) << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
