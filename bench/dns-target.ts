import { createSocket } from 'node:dgram'

/** A DNS server that says the same to everyone, in a process of its own: A of whatever is asked is 192.0.2.1. */

/** What it tells its parent: where it listens. */
export type DnsTargetPort = number

const HEADER_BYTES = 12
/** Points at the question's name; type A, class IN, a minute to live, four bytes. */
const RECORD = Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1])

const server = createSocket('udp4')
server.on('message', (query, { port, address }) => {
  let end = HEADER_BYTES
  while (query[end] !== 0) end += (query[end] ?? 0) + 1
  // The root label, then type and class.
  end += 5
  const answer = Buffer.concat([query.subarray(0, end), RECORD])
  answer.writeUInt16BE(0x8180, 2)
  answer.writeUInt16BE(1, 6)
  answer.writeUInt16BE(0, 10)
  server.send(answer, port, address)
})
process.on('disconnect', () => process.exit())

server.bind(0, '127.0.0.1', () => process.send?.(server.address().port))
