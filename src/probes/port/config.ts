import { type Static, Type } from 'typebox'

/** How much of an answer is read. */
export const MAX_ANSWER_BYTES = 65_536

const ESCAPES = 'Bytes are written as `\\r`, `\\n`, `\\t`, `\\0`, `\\xHH`; a backslash as `\\\\`.'

export const PortConfig = Type.Object({
  port: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65_535,
      description: 'The port; it may stand in the url instead, such as `tcp://example.com:5432`.',
      examples: [5432],
    }),
  ),
  // Without a default: a url that begins with udp:// would be shown as TCP.
  protocol: Type.Optional(
    Type.Union([Type.Literal('TCP'), Type.Literal('UDP')], {
      description: 'Left out: TCP, or UDP where the url begins with `udp://`.',
      examples: ['TCP'],
    }),
  ),
  sendData: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 8_192,
      description: `Text that is sent: over TCP after connecting, over UDP as the datagram (an empty one without it). ${ESCAPES}`,
      examples: ['PING\\r\\n'],
    }),
  ),
  expectData: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 8_192,
      description: `Text that must be in the first 64 KiB of the answer. ${ESCAPES}`,
      examples: ['220 ', '+PONG'],
    }),
  ),
  ipVersion: Type.Optional(
    Type.Union([Type.Literal(4), Type.Literal(6), Type.Literal('any')], {
      default: 'any',
      description: 'Connect over this version of IP only.',
    }),
  ),
})

export type PortConfig = Static<typeof PortConfig>
