import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import type { AlertPayload, Json } from '#domain'
import type { ChannelAnswer, ChannelContext } from './channel.ts'
import { webhookChannel } from './webhook.ts'

const SECRET = 'a secret, with ümlaut'
const CONFIG = { url: 'https://example.com/hook', secret: SECRET }

function payload(changes: Partial<AlertPayload> = {}): AlertPayload {
  return {
    event: 'monitor.down',
    timestamp: '2025-01-21T10:30:00Z',
    monitor: { id: 'mon_1', name: 'API', url: 'https://api.example.com', type: 'API', status: 'DOWN' },
    incident: null,
    check: { statusCode: 500, responseTime: 12, error: 'server error', region: 'local' },
    ...changes,
  }
}

interface Sent {
  url: string
  body: string
  headers: { [name: string]: string }
}

/** A context whose receiver gives one answer and keeps what it was sent. */
function receiver(answer: Partial<ChannelAnswer> = {}): { context: ChannelContext; sent: Sent[] } {
  const sent: Sent[] = []
  return {
    sent,
    context: {
      http: {
        async post(url, body, headers) {
          sent.push({ url, body, headers })
          return { statusCode: 200, body: '', retryAfterS: null, ...answer }
        },
      },
      clock: { nowMs: () => 1_737_455_400_987, monotonicMs: () => 0, schedule: () => ({ cancel() {} }) },
      signal: new AbortController().signal,
      eventId: 'evt_abc',
    },
  }
}

async function send(config: typeof CONFIG & { headers?: { [name: string]: string } }, what: AlertPayload) {
  const { context, sent } = receiver()
  await webhookChannel.send(config, what, context)
  const [request] = sent
  assert.ok(request !== undefined)
  return request
}

async function outcome(answer: Partial<ChannelAnswer>) {
  return webhookChannel.send(CONFIG, payload(), receiver(answer).context)
}

const accepts = (config: unknown) => Value.Check(webhookChannel.config, config)

test('the body is the payload as JSON, and its signature is the hex HMAC of that text', async () => {
  const request = await send(CONFIG, payload())
  assert.equal(request.url, CONFIG.url)
  assert.equal(request.body, JSON.stringify(payload()))
  assert.equal(request.headers['Content-Type'], 'application/json')
  assert.equal(
    request.headers['X-Webhook-Signature'],
    createHmac('sha256', SECRET).update(JSON.stringify(payload())).digest('hex'),
  )
})

test('a receiver that parses the body and writes it again finds the signature right, whatever the payload holds', async () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.nat(0xffff).map((code) => String.fromCharCode(code)),
      fc.constantFrom(...'"\\\n</'),
    ),
  })
  const details = fc.jsonValue({ stringUnit: 'binary' }).chain((json) =>
    fc.constantFrom<Json>(JSON.parse(JSON.stringify(json)), [-0, 1e21, 5e-324, 0.1], {
      b: 1,
      10: 2,
      9: 3,
      '-1': 4,
      '01': 5,
    }),
  )
  await fc.assert(
    fc.asyncProperty(text, details, async (name, extra) => {
      const what = payload({ details: extra })
      if (what.monitor !== null) what.monitor.name = name
      const { body, headers } = await send(CONFIG, what)
      const again = JSON.stringify(JSON.parse(body))
      assert.equal(headers['X-Webhook-Signature'], createHmac('sha256', SECRET).update(again).digest('hex'))
      assert.equal(JSON.parse(body).monitor.name, name)
    }),
  )
})

test('the Standard Webhooks headers carry the event id, the time of the attempt in seconds and the v1 signature', async () => {
  const { body, headers } = await send(CONFIG, payload())
  assert.equal(headers['webhook-id'], 'evt_abc')
  assert.equal(headers['webhook-timestamp'], '1737455400')
  const expected = createHmac('sha256', SECRET).update(`evt_abc.1737455400.${body}`).digest('base64')
  assert.equal(headers['webhook-signature'], `v1,${expected}`)
})

test('behind whsec_ stands the v1 key in base64, while the body signature takes the secret as written', async () => {
  const { secret } = webhookChannel.complete({ url: CONFIG.url }, (size) => new Uint8Array(size).fill(7))
  assert.ok(secret !== undefined)
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  const { body, headers } = await send({ ...CONFIG, secret }, payload())
  const key = Buffer.alloc(32, 7)
  assert.equal(
    headers['webhook-signature'],
    `v1,${createHmac('sha256', key).update(`evt_abc.1737455400.${body}`).digest('base64')}`,
  )
  assert.equal(headers['X-Webhook-Signature'], createHmac('sha256', secret).update(body).digest('hex'))
})

test('a given secret is kept when the configuration is completed', () => {
  assert.deepEqual(
    webhookChannel.complete(CONFIG, () => assert.fail('no randomness is needed')),
    CONFIG,
  )
})

test('headers of the user are sent, but can never replace those of the delivery', async () => {
  const headers = { Authorization: 'Bearer x', 'content-TYPE': 'text/plain', 'X-WEBHOOK-signature': 'forged' }
  const request = await send({ ...CONFIG, headers }, payload())
  assert.equal(request.headers['Authorization'], 'Bearer x')
  const names = Object.keys(request.headers).map((name) => name.toLowerCase())
  assert.equal(new Set(names).size, names.length)
  assert.equal(request.headers['Content-Type'], 'application/json')
  assert.notEqual(request.headers['X-Webhook-Signature'], 'forged')
})

test('every 2xx is success', async () => {
  for (const statusCode of [200, 201, 202, 204, 299]) {
    assert.deepEqual(await outcome({ statusCode }), { ok: true, statusCode })
  }
})

test('a redirect is a failure that says what to do, and is tried again', async () => {
  const made = await outcome({ statusCode: 302 })
  assert.ok(!made.ok)
  assert.match(made.error, /302, a redirect, which is not followed/)
  assert.equal(made.permanent, false)
})

test('no answer of the receiver ends the delivery for good', async () => {
  for (const statusCode of [400, 401, 404, 410, 429, 500, 503, 999]) {
    const made = await outcome({ statusCode, retryAfterS: 30 })
    assert.ok(!made.ok)
    assert.deepEqual([made.statusCode, made.permanent, made.retryAfterS], [statusCode, false, 30])
  }
})

test('the error quotes the start of the answer on one line, without control characters or half characters', async () => {
  const made = await outcome({ statusCode: 500, body: `bad\r\n\u001b[31mthing\u202e ${'😀'.repeat(500)}` })
  assert.ok(!made.ok)
  assert.match(made.error, /^the receiver answered 500: bad \[31mthing 😀+…$/u)
  assert.ok(made.error.isWellFormed())
  assert.ok([...made.error].length < 250)
})

test('without a secret nothing is sent', async () => {
  const { context, sent } = receiver()
  const made = await webhookChannel.send({ url: CONFIG.url }, payload(), context)
  assert.ok(!made.ok && made.permanent)
  assert.equal(sent.length, 0)
})

test('a usable configuration is accepted', () => {
  for (const config of [
    { url: 'http://127.0.0.1:9000/' },
    CONFIG,
    { ...CONFIG, headers: { 'X-Team': 'on call', Authorization: 'Bearer é' } },
  ]) {
    assert.ok(accepts(config))
    assert.deepEqual(webhookChannel.validate(config), [])
  }
})

test('the schema refuses other schemes, empty secrets, unknown fields and headers that would break the request', () => {
  const refused = [
    {},
    { ...CONFIG, url: 'ftp://example.com' },
    { ...CONFIG, url: 'https://exa mple.com' },
    { ...CONFIG, secret: '' },
    { ...CONFIG, sekret: 'x' },
    { ...CONFIG, headers: { 'X-A': 'one\r\nX-B: two' } },
    { ...CONFIG, headers: { 'X-A': 'nul\0' } },
    { ...CONFIG, headers: { 'X-A': '€' } },
    { ...CONFIG, headers: { 'X A': 'blank' } },
    { ...CONFIG, headers: { 'X-A\n': 'line' } },
    { ...CONFIG, headers: { '': 'nothing' } },
  ]
  for (const config of refused) assert.equal(accepts(config), false, JSON.stringify(config))
})

test('what a schema cannot say is named by its path', () => {
  const paths = (config: Parameters<typeof webhookChannel.validate>[0]) =>
    webhookChannel.validate(config).map((problem) => problem.path)
  assert.deepEqual(paths({ ...CONFIG, url: 'https://[::1' }), ['url'])
  assert.deepEqual(paths({ ...CONFIG, url: 'https://me:100%@example.com' }), ['url'])
  assert.deepEqual(paths({ ...CONFIG, secret: 'whsec_not base64' }), ['secret'])
  assert.deepEqual(paths({ ...CONFIG, secret: 'whsec_' }), ['secret'])
  assert.deepEqual(paths({ ...CONFIG, secret: '\ud800' }), ['secret'])
  assert.deepEqual(paths({ ...CONFIG, headers: { HOST: 'x', 'Webhook-Id': 'x', 'X-A': '1', 'x-a': '2' } }), [
    'headers.HOST',
    'headers.Webhook-Id',
    'headers.x-a',
  ])
})
