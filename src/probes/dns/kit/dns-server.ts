import { Buffer } from 'node:buffer'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { type Answer, type DecodedPacket, decode, encode, TRUNCATED_RESPONSE } from 'dns-packet'
import type { Owner } from '../../kit/owner.ts'
import { socketName } from '../../net/connect-failure.ts'

export type Transport = 'udp' | 'tcp'

/** What a test's server does with a question: sends these messages, in order. */
export type Answering = (query: DecodedPacket, transport: Transport) => Buffer[] | Buffer

export interface DnsServer {
  /** For `dnsServer`: `127.0.0.1:40000`. */
  name: string
  port: number
  /** What was asked so far, and from which port. */
  queries: { transport: Transport; query: DecodedPacket; port: number }[]
}

/** A real DNS server over UDP, and over TCP at the same port unless `tcp` is false. It ends with the test. */
export async function dnsServer(
  t: Owner,
  answering: Answering,
  { host = '127.0.0.1', port = 0, tcp = true } = {},
): Promise<DnsServer> {
  const queries: DnsServer['queries'] = []
  // TCP first: of its ports many are taken by connections, of UDP's few.
  const bound = tcp ? await listen(t, host, port, queries, answering) : port
  const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  udp.on('message', (message, { address, port: from }) => {
    const query = decode(message)
    queries.push({ transport: 'udp', query, port: from })
    for (const answer of [answering(query, 'udp')].flat()) udp.send(answer, from, address)
  })
  udp.bind(bound, host)
  await once(udp, 'listening')
  t.after(() => closed(udp))
  const { port: own } = udp.address()
  return { name: socketName(host, own), port: own, queries }
}

async function listen(
  t: Owner,
  host: string,
  port: number,
  queries: DnsServer['queries'],
  answering: Answering,
): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (piece: Buffer) => {
      const query = decode(piece.subarray(2))
      queries.push({ transport: 'tcp', query, port: socket.remotePort ?? 0 })
      for (const answer of [answering(query, 'tcp')].flat()) {
        const length = Buffer.alloc(2)
        length.writeUInt16BE(answer.length)
        // In two pieces, as networks do.
        socket.write(length)
        setImmediate(() => socket.write(answer))
      }
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  t.after(() => closed(server))
  return (server.address() as AddressInfo).port
}

/** Closes, and waits until the handle is gone: the next test counts sockets. */
export async function closed(handle: Server | Socket): Promise<void> {
  handle.close()
  await once(handle, 'close')
}

export interface Reply {
  /** Four bits; NOERROR unless given. */
  rcode?: number
  flags?: number
  answers?: Answer[]
}

export const RCODE = { formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5 } as const

/** An answer to a query, with its id and its question. */
export function reply(query: DecodedPacket, { rcode = 0, flags = 0, answers = [] }: Reply = {}): Buffer {
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags: flags | rcode,
    questions: query.questions ?? [],
    answers,
  })
}

/** An answer that is to be had over TCP only. */
export function truncated(query: DecodedPacket): Buffer {
  return reply(query, { flags: TRUNCATED_RESPONSE })
}

/** Answers every question with the records of a zone that have its name and type; NXDOMAIN where the name is unknown. */
export function zone(records: Answer[]): Answering {
  return (query) => {
    const [question] = query.questions ?? []
    const own = records.filter(({ name }) => name.toLowerCase() === question?.name.toLowerCase())
    if (own.length === 0) return reply(query, { rcode: RCODE.nxdomain })
    return reply(query, { answers: own.filter(({ type }) => type === question?.type) })
  }
}
