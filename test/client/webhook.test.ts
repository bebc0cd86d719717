import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { verifyStandardWebhook, verifyWebhook } from '../../clients/typescript/src/index.ts'
import { bodySignature, standardHeaders } from '../../src/channels/webhook-signature.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLawxcHVhbHM='
const payload = { event: 'monitor.down', monitor: { name: 'Ünïcode' } }
const body = JSON.stringify(payload)
const AT_MS = 1_737_455_400_000

test('what the product signed is right as it came, as bytes and as it was parsed', async () => {
  const signature = bodySignature(SECRET, body)
  assert.equal(await verifyWebhook(body, signature, SECRET), true)
  assert.equal(await verifyWebhook(new TextEncoder().encode(body), signature, SECRET), true)
  assert.equal(await verifyWebhook(payload, signature, SECRET), true)
})

test('another body, secret or signature is wrong, whatever it is', async () => {
  const signature = bodySignature(SECRET, body)
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.constantFrom('body', 'secret', 'signature'), async (text, what) => {
      fc.pre(text !== body && text !== SECRET && text !== signature)
      const verdict = await verifyWebhook(
        what === 'body' ? text : body,
        what === 'signature' ? text : signature,
        what === 'secret' ? text : SECRET,
      )
      assert.equal(verdict, false)
    }),
  )
  for (const bad of [null, undefined, '', signature.toUpperCase(), signature.slice(2), `${signature}00`])
    assert.equal(await verifyWebhook(body, bad, SECRET), false)
})

test('the Standard Webhooks headers are right for a while, with each kind of secret', async () => {
  for (const secret of [SECRET, 'a plain secret']) {
    const headers = standardHeaders(secret, { id: 'evt_1', atMs: AT_MS, body })
    const at = (ms: number, changes: object = {}) =>
      verifyStandardWebhook(
        body,
        {
          id: headers['webhook-id'],
          timestamp: headers['webhook-timestamp'],
          signature: `v1,AAAA v2,x ${headers['webhook-signature']}`,
          now: () => ms,
          ...changes,
        },
        secret,
      )
    assert.equal(await at(AT_MS + 299_000), true)
    assert.equal(await at(AT_MS + 301_000), false, 'sent again later')
    assert.equal(await at(AT_MS - 301_000), false)
    assert.equal(await at(AT_MS, { id: 'evt_2' }), false)
    assert.equal(await at(AT_MS, { timestamp: '1737455401' }), false)
    assert.equal(await at(AT_MS, { signature: 'v1,%%%' }), false)
    assert.equal(await at(AT_MS, { signature: undefined }), false)
  }
})
