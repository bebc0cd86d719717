import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeAnswer, decodeQuoted, encodeEcho, withoutIpHeader } from './echo-packet.ts'

const data = Buffer.from('0123456789abcdef')

/** The request as the target of it would send it back. */
function replyTo(family: 4 | 6, request: Buffer): Buffer {
  const reply = Buffer.from(request)
  reply.writeUInt8(family === 4 ? 0 : 129, 0)
  return reply
}

function ipv4Header(protocol: number, target: number[], words = 5): Buffer {
  const header = Buffer.alloc(words * 4)
  header.writeUInt8(0x40 | words, 0)
  header.writeUInt8(protocol, 9)
  header.set(target, 16)
  return header
}

test('a request is an ICMP echo whose checksum makes the whole sum up', () => {
  const packet = encodeEcho(4, { identifier: 0xabcd, sequence: 0x1234, data })
  assert.deepEqual([packet[0], packet[1]], [8, 0])
  assert.equal(packet.subarray(4, 8).toString('hex'), 'abcd1234')
  let sum = 0
  for (let i = 0; i < packet.length; i += 2) sum += packet.readUInt16BE(i)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  assert.equal(sum, 0xffff)
})

test('a checksum of an odd number of bytes is that of RFC 1071', () => {
  const packet = encodeEcho(4, { identifier: 1, sequence: 1, data: Buffer.from([0x80, 0x01, 0x7f]) })
  assert.equal(packet.readUInt16BE(2), ~(0x0800 + 1 + 1 + 0x8001 + 0x7f00 - 0xffff) & 0xffff)
})

test('a reply gives back identifier, sequence and data, with or without an IP header before it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(4 as const, 6 as const),
      fc.nat(0xffff),
      fc.nat(0xffff),
      fc.uint8Array({ minLength: 0, maxLength: 64 }),
      (family, identifier, sequence, bytes) => {
        const request = encodeEcho(family, { identifier, sequence, data: Buffer.from(bytes) })
        const expected = { kind: 'reply', identifier, sequence, data: Buffer.from(bytes) }
        assert.deepEqual(decodeAnswer(family, replyTo(family, request)), expected)
        assert.equal(decodeAnswer(family, request), null, 'a request is no answer')
        if (family === 6) return
        const framed = Buffer.concat([ipv4Header(1, [127, 0, 0, 1], 6), replyTo(4, request)])
        assert.deepEqual(decodeAnswer(4, withoutIpHeader(framed)), expected)
        assert.equal(withoutIpHeader(request), request)
      },
    ),
  )
})

test('an error says which request it is about', () => {
  const request = encodeEcho(4, { identifier: 5, sequence: 6, data })
  const error = Buffer.concat([Buffer.from([3, 1, 0, 0, 0, 0, 0, 0]), ipv4Header(1, [10, 1, 2, 3]), request])
  const answer = decodeAnswer(4, error)
  assert.deepEqual(answer, {
    kind: 'error',
    type: 3,
    code: 1,
    target: Buffer.from([10, 1, 2, 3]),
    identifier: 5,
    sequence: 6,
    data,
  })
  const short = decodeAnswer(4, error.subarray(0, 8 + 20 + 8))
  assert.equal(short?.data.length, 0, 'routers may quote the header only')
})

test('an error of IPv6 says which request it is about', () => {
  const request = encodeEcho(6, { identifier: 5, sequence: 6, data })
  const ip = Buffer.alloc(40)
  ip.writeUInt8(0x60, 0)
  ip.writeUInt8(58, 6)
  ip.fill(0xfd, 24, 40)
  const answer = decodeAnswer(6, Buffer.concat([Buffer.from([1, 3, 0, 0, 0, 0, 0, 0]), ip, request]))
  assert.deepEqual(answer?.kind === 'error' && [answer.type, answer.code, answer.sequence], [1, 3, 6])
  assert.deepEqual(answer?.kind === 'error' && answer.target, Buffer.alloc(16, 0xfd))
})

test('an error about anything but an echo request is none of ours', () => {
  const request = encodeEcho(4, { identifier: 5, sequence: 6, data })
  const unreachable = Buffer.from([3, 3, 0, 0, 0, 0, 0, 0])
  assert.equal(decodeAnswer(4, Buffer.concat([unreachable, ipv4Header(17, [10, 1, 2, 3]), request])), null)
  assert.equal(decodeAnswer(4, Buffer.concat([unreachable, ipv4Header(1, [10, 1, 2, 3]), replyTo(4, request)])), null)
  assert.equal(decodeQuoted(4, replyTo(4, request)), null)
})

test('no bytes from the network make the reader fail', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(4 as const, 6 as const),
      fc.constantFrom(0, 3, 8, 11, 1, 129, 0x45, 0x4f),
      fc.uint8Array({ maxLength: 100 }),
      (family, first, rest) => {
        const bytes = Buffer.from([first, ...rest])
        decodeAnswer(family, withoutIpHeader(bytes))
        decodeQuoted(family, bytes)
      },
    ),
  )
})
