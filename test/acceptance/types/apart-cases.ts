import assert from 'node:assert/strict'
import { field } from '../client.ts'
import type { VerdictCase } from './verdicts.ts'

export type ApartCase = VerdictCase & { type: string }

const inAddresses = (address: string) => (kept: unknown) =>
  assert.match(JSON.stringify(field(kept, 'addresses')), new RegExp(`"address":"${address}","error":"`))
const packets = (refusal: RegExp | null) => (kept: unknown) => {
  assert.equal(field(kept, 'packets.0.ms'), null)
  const said = field(kept, 'packets.0.refusal')
  if (refusal === null) assert.equal(said, null)
  else assert.match(String(said), refusal)
}

/** What only a network of one's own can show: 10.9.0.2 is its router, which has no way to 10.6 and 10.8. */
const NETWORK: ApartCase[] = [
  {
    type: 'PING',
    name: 'a neighbour answers',
    body: () => ({ url: '10.9.0.2', maxPacketLoss: 0 }),
    address: () => 'ping:10.9.0.2?loss=0',
    status: 'UP',
  },
  {
    type: 'PING',
    name: 'silence',
    body: () => ({ url: '10.6.0.1', timeout: 1 }),
    address: () => 'ping:10.6.0.1',
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^expected a reply from 10\.6\.0\.1, got none to 3 packets within 1000 ms$/,
    evidence: packets(null),
  },
  {
    // Routers say this five times, and then once a second: hence a single packet.
    type: 'PING',
    name: 'a router knows no way',
    body: () => ({ url: '10.8.0.1', packets: 1, timeout: 2 }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^10\.8\.0\.1 can't be reached: host unreachable, says 10\.9\.0\.2$/,
    evidence: packets(/^host unreachable, says 10\.9\.0\.2$/),
  },
  {
    type: 'PING',
    name: 'no way to the host',
    body: () => ({ url: '10.7.0.1' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^host 10\.7\.0\.1 can't be reached \(EHOSTUNREACH\)$/,
    evidence: inAddresses('10.7.0.1'),
  },
  {
    type: 'PING',
    name: 'no route from here',
    body: () => ({ url: '192.0.2.1' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^no route from this machine to 192\.0\.2\.1 \(ENETUNREACH\)$/,
    evidence: inAddresses('192.0.2.1'),
  },
  {
    type: 'PORT',
    name: 'TCP, no way to the host',
    body: () => ({ url: 'tcp://10.7.0.1:80' }),
    address: () => 'tcp:10.7.0.1:80',
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^host 10\.7\.0\.1:80 can't be reached \(EHOSTUNREACH\)$/,
    evidence: inAddresses('10.7.0.1'),
  },
  {
    type: 'PORT',
    name: 'UDP, no way to the host',
    body: () => ({ url: 'udp://10.7.0.1:80' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^host 10\.7\.0\.1:80 can't be reached \(EHOSTUNREACH\)$/,
    evidence: inAddresses('10.7.0.1'),
  },
  {
    type: 'PORT',
    name: 'TCP, no answer to the connection',
    body: () => ({ url: 'tcp://10.6.0.1:80', timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^timed out after 1000 ms while connecting to 10\.6\.0\.1:80$/,
    evidence: inAddresses('10.6.0.1'),
  },
  {
    type: 'WEBSITE',
    name: 'no way to the host',
    body: () => ({ url: 'http://10.7.0.1/' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^host 10\.7\.0\.1:80 can't be reached \(EHOSTUNREACH\)$/,
    evidence: inAddresses('10.7.0.1'),
  },
  {
    type: 'WEBSITE',
    name: 'no answer to the connection',
    body: () => ({ url: 'http://10.6.0.1/', timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^timed out after 1000 ms while connecting to 10\.6\.0\.1:80$/,
    evidence: inAddresses('10.6.0.1'),
  },
  {
    type: 'WEBSITE',
    name: 'no route from here',
    body: () => ({ url: 'http://192.0.2.1/' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^no route from this machine to 192\.0\.2\.1:80 \(ENETUNREACH\)$/,
  },
  {
    type: 'SSL_CERT',
    name: 'no way to the host',
    body: () => ({ url: '10.7.0.1' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^host 10\.7\.0\.1:443 can't be reached \(EHOSTUNREACH\)$/,
    evidence: inAddresses('10.7.0.1'),
  },
  {
    type: 'DNS',
    name: 'no way to the server',
    body: () => ({ url: 'www.test', dnsServer: '10.7.0.1' }),
    status: 'DOWN',
    category: 'INFRASTRUCTURE',
    error: /^host 10\.7\.0\.1:53 can't be reached \(EHOSTUNREACH\)$/,
    evidence: (kept) => assert.partialDeepStrictEqual(kept, { faults: [{ server: '10.7.0.1:53' }] }),
  },
]

/** No ICMP socket is allowed, and the `ping` on the path answers as its script says. */
const PROGRAM: ApartCase[] = [
  { type: 'PING', name: 'the program says so', body: () => ({ url: '192.0.2.1' }), status: 'UP' },
  {
    type: 'PING',
    name: 'more packets lost than allowed',
    body: () => ({ url: '192.0.2.2', maxPacketLoss: 50 }),
    address: () => 'ping:192.0.2.2?loss=50',
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^packet loss: expected at most 50 %, got 66\.67 % \(1 of 3 packets answered\)$/,
    evidence: (kept) => assert.partialDeepStrictEqual(kept, { method: 'program', sent: 3, received: 1, avg: 25 }),
  },
  {
    type: 'PING',
    name: 'slower than the threshold',
    body: () => ({ url: '192.0.2.2', degradedThreshold: 10 }),
    status: 'DEGRADED',
    error: /^response time: expected at most 10 ms, got 25 ms/,
  },
  {
    type: 'PING',
    name: 'the program hears nothing',
    body: () => ({ url: '192.0.2.3' }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^expected a reply from 192\.0\.2\.3, got none to 3 packets within 5000 ms$/,
  },
  {
    type: 'PING',
    name: 'the program fails, which says nothing of the host',
    body: () => ({ url: '192.0.2.4' }),
    status: 'UNKNOWN',
    error: /^ping can't be measured from here: .*, and the ping program ended with status 2 \(ping: socktype\)$/,
  },
]

/** The `ping` of the cases above. */
export const PING_SCRIPT = `#!/bin/sh
for address; do :; done
case $address in
  192.0.2.1) echo '3 packets transmitted, 3 received, 0% packet loss, time 401ms'; exit 0;;
  192.0.2.2) echo '3 packets transmitted, 1 received, 66.6667% packet loss, time 401ms'
             echo 'rtt min/avg/max/mdev = 25.0/25.0/25.0/0.000 ms'; exit 0;;
  192.0.2.3) echo '3 packets transmitted, 0 received, 100% packet loss, time 401ms'; exit 1;;
esac
echo 'ping: socktype' >&2
exit 2
`

/** Neither a socket is allowed nor is there a program. */
const NO_WAY: ApartCase[] = [
  {
    type: 'PING',
    name: 'no way to ping, and the new monitor says so at once',
    body: () => ({ url: '127.0.0.1' }),
    address: () => 'ping:127.0.0.1',
    status: 'UNKNOWN',
    error: /^ping can't be measured from here: .* and there is no ping program\. Allow it with .*install ping/,
    created: (answer) => assert.match(String(field(answer, 'warnings.0')), /^Ping can't be measured from here: .*\.$/),
  },
]

export const APART: { [place: string]: readonly ApartCase[] } = { NETWORK, PROGRAM, NO_WAY }
