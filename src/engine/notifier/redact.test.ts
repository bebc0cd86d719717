import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHANNELS, channelFor } from '#channels'
import { redact } from './redact.ts'

const webhook = channelFor('WEBHOOK')
const CONFIG = {
  url: 'https://me:p%40ssword@example.com/hook?token=t0ken%20x&b=other',
  secret: 'whsec_abcdefgh',
  headers: { Authorization: 'Bearer 0123456789' },
}

test('secret fields, and user, password and query of a URL, are masked wherever they stand', () => {
  assert.ok(webhook !== null)
  const basic = Buffer.from('me:p@ssword').toString('base64')
  const texts = [
    'whsec_abcdefgh',
    'Bearer 0123456789',
    'only 0123456789',
    'p%40ssword',
    'p@ssword',
    't0ken%20x',
    't0ken x',
    'other',
    basic,
  ]
  for (const text of texts) {
    const clean = redact(`they said ${text}!`, webhook, CONFIG)
    assert.match(clean, /\*\*\*/)
    for (const secret of texts) assert.ok(!clean.includes(secret), clean)
  }
})

test('the rest of a text stays as it is', () => {
  assert.ok(webhook !== null)
  assert.equal(
    redact('example.com:443 refused the connection', webhook, CONFIG),
    'example.com:443 refused the connection',
  )
})

test('a field that the schema does not know is taken for a secret', () => {
  const [channel] = CHANNELS
  assert.ok(channel !== undefined)
  assert.equal(redact('it is hunter2', channel, { other: ['hunter2'] }), 'it is ***')
})
