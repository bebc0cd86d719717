import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { pingProbe } from '../../../src/probes/ping.ts'
import { type VerdictCase, verdicts } from './verdicts.ts'

/** Why no host of this machine can be pinged; false when it can. */
const noPing = pingProbe.warnings()[0] ?? false
const has6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))

const UP: VerdictCase[] = [
  { name: 'IPv4', body: () => ({ url: '127.0.0.1' }), address: () => 'ping:127.0.0.1', status: 'UP', skip: noPing },
  {
    name: 'IPv6',
    body: () => ({ url: '::1', packets: 1 }),
    address: () => 'ping:::1?packets=1',
    status: 'UP',
    skip: noPing || (has6 ? false : 'this machine has no ::1'),
  },
  {
    name: 'a URL, by name, with every packet asked for',
    body: () => ({ url: 'https://localhost/path', packets: 2, maxPacketLoss: 0 }),
    status: 'UP',
    skip: noPing,
  },
]

const REFUSED: [name: string, url: string, fields: { [field: string]: unknown }, category: string, error: RegExp][] = [
  [
    'an address that may not be pinged',
    '169.254.169.254',
    {},
    'CONFIGURATION_ERROR',
    /is a cloud metadata address and/,
  ],
  [
    'the wrong version',
    '127.0.0.1',
    { ipVersion: 6 },
    'CONFIGURATION_ERROR',
    /^expected an IPv6 address, got 127\.0\.0\.1$/,
  ],
  ['no such name', 'no-such-name.invalid', {}, 'DNS_FAILURE', /^name lookup(: no such name| of .* failed here)/],
]

const OTHERS: VerdictCase[] = [
  ...REFUSED.map(
    ([name, url, fields, category, error]): VerdictCase => ({
      name,
      body: () => ({ url, ...fields }),
      status: 'DOWN',
      category,
      error,
      evidence: (kept) => assert.partialDeepStrictEqual(kept, { packets: [], addresses: [] }),
    }),
  ),
  {
    name: 'packets that this machine does not allow say nothing of the host',
    body: () => ({ url: '127.255.255.255' }),
    status: 'UNKNOWN',
    error: /^this machine does not allow packets to 127\.255\.255\.255 \(EACCES\)$/,
    skip: noPing || (process.platform === 'linux' ? false : 'only Linux refuses this address like that'),
  },
]

verdicts('PING', async () => {}, [...UP, ...OTHERS])
