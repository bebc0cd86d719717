import { Buffer } from 'node:buffer'
import { addressIn, addressText } from '../addresses.ts'
import type { Family } from '../echo-packet.ts'
import type { IcmpListener, IcmpSocket, NoSocket } from '../icmp-socket.ts'

/** One request as it left. */
export interface SentEcho {
  family: Family
  address: string
  bytes: Buffer
  sequence: number
  data: Buffer
  listener: IcmpListener
}

/** Told of each request; answers through its `listener`, now or later. A code says that it could not be sent. */
export type FakeNet = (sent: SentEcho, count: number) => string | undefined

export interface FakeIcmp {
  open(family: Family, listener: IcmpListener): IcmpSocket | NoSocket
  sent: SentEcho[]
  opened: number
  closed: number
}

/** ICMP sockets to a network that the test plays. */
export function fakeIcmp(net: FakeNet): FakeIcmp {
  const fake: FakeIcmp = {
    sent: [],
    opened: 0,
    closed: 0,
    open(family, listener) {
      fake.opened++
      return {
        identifier: 7,
        send(packet, sockaddr) {
          const bytes = Buffer.from(addressIn(sockaddr, family))
          const sent = {
            family,
            address: addressText(bytes),
            bytes,
            sequence: packet.readUInt16BE(6),
            data: Buffer.from(packet.subarray(8)),
            listener,
          }
          fake.sent.push(sent)
          return net(sent, fake.sent.length) ?? null
        },
        listen() {},
        close() {
          fake.closed++
        },
      }
    },
  }
  return fake
}

/** The target answers, in the same breath. */
export function reply({ listener, bytes, sequence, data }: SentEcho, changes: Partial<SentEcho> = {}): undefined {
  const answer = { kind: 'reply', identifier: 7, sequence, data, ...changes } as const
  listener.onReply(changes.bytes ?? bytes, answer, 0)
}

/** Somebody on the way refuses it; `quoted` bytes of the data are repeated. */
export function refuse({ listener, bytes, sequence, data }: SentEcho, says: string, quoted = 0): undefined {
  const cause = { kind: 'error', type: 3, code: 1, identifier: 7, target: bytes } as const
  listener.onError({ ...cause, sequence, data: data.subarray(0, quoted) }, says)
}

/** What a machine without the right to ping opens. */
export function noSocket(): NoSocket {
  return { code: 'EPERM', reason: 'this user may open no ICMP socket (EPERM)' }
}
