import { type Static, Type } from 'typebox'

export const DEFAULT_PACKETS = 3
export const DEFAULT_MAX_PACKET_LOSS = 99
export const DEFAULT_PACKET_SIZE = 56

/** The fields of PING. A field that is left out has its default. */
export const PingConfig = Type.Object({
  packets: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10,
      default: DEFAULT_PACKETS,
      description: 'Echo requests sent in one check, a fifth of a second apart, or closer when the timeout is short.',
      examples: [5],
    }),
  ),
  maxPacketLoss: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 99,
      default: DEFAULT_MAX_PACKET_LOSS,
      description:
        'Percent of the packets that may get lost; more is DOWN. The default asks for one reply; 0 asks for every one.',
      examples: [20],
    }),
  ),
  packetSize: Type.Optional(
    Type.Integer({
      minimum: 16,
      maximum: 8_972,
      default: DEFAULT_PACKET_SIZE,
      description: 'Bytes of data in a packet. Over IPv4, 1472 fill an Ethernet frame.',
      examples: [1472],
    }),
  ),
  ipVersion: Type.Optional(
    Type.Union([Type.Literal(4), Type.Literal(6), Type.Literal('any')], {
      default: 'any',
      description: 'Ping over this version of IP only.',
    }),
  ),
})

export type PingConfig = Static<typeof PingConfig>
