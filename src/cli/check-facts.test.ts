import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factLines } from './check-facts.ts'

test('a ping shows its losses and round trips', () => {
  const details = { address: '192.0.2.1', method: 'icmp', sent: 3, received: 2, loss: 33.3, min: 1, avg: 2, max: 3 }
  assert.deepEqual(factLines(details), [
    ['packets', '3 sent, 2 received, 33 % lost'],
    ['round trip', '1 ms min, 2 ms avg, 3 ms max'],
    ['address', '192.0.2.1 (icmp)'],
  ])
})

test('a certificate shows its names and dates, also beside an HTTP answer', () => {
  const certificate = {
    subject: 'CN=www.test',
    issuer: 'CN=Authority',
    names: ['www.test', 'test'],
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2026-12-01T00:00:00.000Z',
    daysLeft: 6,
  }
  assert.deepEqual(factLines({ certificate, warnings: ['the certificate ends in 6 days'] }), [
    ['certificate', 'CN=www.test'],
    ['for', 'www.test, test'],
    ['issued by', 'CN=Authority'],
    ['valid', '2026-01-01T00:00:00.000Z – 2026-12-01T00:00:00.000Z (6 days left)'],
    ['warning', 'the certificate ends in 6 days'],
  ])
})

test('details of no known shape give no line', () => {
  for (const details of [null, [], 'x', 5, { a: 1 }, { certificate: null, records: 'x', record: 1, loss: '1' }]) {
    assert.deepEqual(factLines(details), [])
  }
})
