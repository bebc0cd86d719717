import assert from 'node:assert/strict'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { test } from 'node:test'
import { channelFor, newWebhookSecret } from '#channels'
import { realClock } from '../clock.ts'
import { createOutboundHttp } from '../outbound-http.ts'
import { channelOwes } from './channel-kit.ts'
import { createNotifier } from './notifier.ts'
import { testChannel, testOutbox, testPayload } from './outbox-for-tests.ts'
import { keepingReceiver, type Received } from './receivers-for-tests.ts'

const webhook = channelFor('WEBHOOK')
assert.ok(webhook !== null)
const SECRETS = ['us3r', 'p4ssword', 't0ken', 'hush-hush-secret', 'he4der-value']

channelOwes('webhook', {
  channel: webhook,
  config: (receiverUrl) => ({
    url: `${receiverUrl.replace('://', '://us3r:p4ssword@')}/hook?key=t0ken`,
    secret: 'hush-hush-secret',
    headers: { 'X-Own': 'he4der-value' },
  }),
  secrets: [...SECRETS, Buffer.from('us3r:p4ssword').toString('base64')],
  readName: (body) => JSON.parse(body).monitor.name,
})

test('a real delivery verifies in both ways: over the parsed body, and as Standard Webhooks do', async (t) => {
  const receiver = await keepingReceiver(t)
  const secret = newWebhookSecret((size) => crypto.getRandomValues(new Uint8Array(size)))
  const channel = testChannel('nc_1', { config: { url: receiver.url, secret } })
  const outbox = testOutbox(realClock)
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const notifier = createNotifier({
    store: { deliveries: outbox },
    channels: () => channel,
    http: createOutboundHttp({ refusal: () => null, clock: realClock, userAgent: 'StatusApp-Webhook/1.2.3' }),
    clock: realClock,
    random: Math.random,
    log,
  })
  await notifier.start()
  const payload = testPayload('mon_1')
  if (payload.monitor !== null) payload.monitor.name = 'Ünï "☃" \ud800'
  payload.details = { 10: 'ten', 9: 'nine', zero: -0 }
  assert.equal((await notifier.test(channel, payload)).success, true)
  outbox.add('1', 'nc_1', 'mon_1')
  notifier.wake()
  while (outbox.row('1').status === 'pending') await new Promise(setImmediate)
  await notifier.stop()

  assert.equal(receiver.received.length, 2)
  for (const received of receiver.received) {
    assert.equal(received.headers['content-type'], 'application/json')
    assert.equal(received.headers['user-agent'], 'StatusApp-Webhook/1.2.3')
    assert.ok(signatureFits(JSON.parse(received.body), received.headers['x-webhook-signature'], secret))
    assert.ok(!signatureFits(JSON.parse(received.body), received.headers['x-webhook-signature'], `${secret}x`))
    assert.ok(standardFits(received, secret))
    assert.ok(!standardFits({ ...received, body: `${received.body} ` }, secret))
  }
  assert.equal(receiver.received[1]?.headers['webhook-id'], 'evt_1')
})

/** What a receiver does with the body that its framework has parsed for it. */
function signatureFits(parsed: unknown, signature: unknown, secret: string): boolean {
  return signature === createHmac('sha256', secret).update(JSON.stringify(parsed)).digest('hex')
}

/** What the specification asks of a receiver: the time near now, and one of the v1 signatures right. */
function standardFits({ headers, body }: Received, secret: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  return String(signatures)
    .split(' ')
    .some((one) => {
      const [version, text = ''] = one.split(',')
      const given = Buffer.from(text, 'base64')
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
    })
}
