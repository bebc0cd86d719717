import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectFailure } from './connect-failure.ts'
import { judged } from './failure.ts'

/** Who is to blame for a code: the target, this side, or nobody, since nothing was measured. */
const BLAME: readonly [code: string, address: string, status: string, isOurs: boolean][] = [
  ['ECONNREFUSED', '192.0.2.1', 'DOWN', false],
  ['ECONNRESET', '192.0.2.1', 'DOWN', false],
  ['ETIMEDOUT', '192.0.2.1', 'DOWN', false],
  ['EHOSTUNREACH', '192.0.2.1', 'DOWN', false],
  ['ENOPROTOOPT', '192.0.2.1', 'DOWN', false],
  ['ENETUNREACH', '192.0.2.1', 'DOWN', true],
  ['EACCES', '2001:db8::1', 'DOWN', true],
  ['EACCES', '192.0.2.1', 'UNKNOWN', true],
  ['EPERM', '192.0.2.1', 'UNKNOWN', true],
  ['EADDRNOTAVAIL', '192.0.2.1', 'UNKNOWN', true],
  ['EAFNOSUPPORT', '2001:db8::1', 'UNKNOWN', true],
  ['EMFILE', '192.0.2.1', 'UNKNOWN', true],
]

for (const [code, address, status, isOurs] of BLAME) {
  test(`${code} of ${address} is ${status}, ${isOurs ? 'by a fault of ours' : 'by the target'}`, () => {
    const result = judged(connectFailure(Object.assign(new Error(code), { code }), address, 80))
    assert.deepEqual([result.status, result.localFault], [status, isOurs])
    assert.match(result.error ?? '', /\w+ .* \w+/)
  })
}
