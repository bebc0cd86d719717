import { type Static, Type } from 'typebox'

export const DNS_RECORDS = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SOA', 'SRV', 'CAA', 'PTR'] as const
export type DnsRecord = (typeof DNS_RECORDS)[number]

export const DNS_MATCHES = ['any', 'all', 'exact', 'contains'] as const
export type DnsMatch = (typeof DNS_MATCHES)[number]

const Value = Type.String({ minLength: 1, maxLength: 4_096 })
const Values = [Value, Type.Array(Value, { minItems: 1, maxItems: 50 })]

export const DnsConfig = Type.Object({
  dnsRecord: Type.Optional(
    Type.Union(
      DNS_RECORDS.map((record) => Type.Literal(record)),
      { default: 'A', description: 'Type of the records that are asked for. PTR takes an address as `url` too.' },
    ),
  ),
  expectedValue: Type.Optional(
    Type.Union(Values, {
      description:
        'What the records must say: a value, or a list of them; left out, any record will do. Order, capitals (but in TXT) and a final dot do not matter. MX as `10 mx1.example.com` or `mx1.example.com`, SRV also as `host:port`, CAA also by its value, SOA also by its primary server or serial. A leading `!` means that no record may say so (write `\\!` for a record that begins with `!`).',
      examples: ['192.0.2.1', ['10 mx1.example.com', 'mx2.example.com'], '!0.0.0.0'],
    }),
  ),
  expectedIp: Type.Optional(
    Type.Union(Values, {
      description: 'Another name for `expectedValue`; give one of the two.',
      examples: ['192.0.2.1'],
    }),
  ),
  dnsMatch: Type.Optional(
    Type.Union(
      DNS_MATCHES.map((match) => Type.Literal(match)),
      {
        default: 'all',
        description:
          '`all`: every expected value is among the records, which may hold more. `any`: at least one is. `exact`: the records are these and no others. `contains`: each expected text is part of a record.',
      },
    ),
  ),
  dnsServer: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 262,
      description:
        'The server to ask, as `address`, `address:port`, `[IPv6]:port`, or by name. Left out: the resolvers of the machine that checks.',
      examples: ['1.1.1.1', '192.0.2.53:5353', '[2001:db8::53]:53', 'ns1.example.com'],
    }),
  ),
})

export type DnsConfig = Static<typeof DnsConfig>
