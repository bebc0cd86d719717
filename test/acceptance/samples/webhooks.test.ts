import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Client, clientOf, eventually, field, textField } from '../client.ts'
import { type Received, type Receiver, startReceiver, startTarget, type Target } from '../peers.ts'
import { Installation, type RunningServer } from '../server.ts'
import { guideBlock, NO_REFERENCE, referenceBlock } from './document.ts'
import { unlike } from './like.ts'
import { hasProgram, output, sampleFolder, sampleFunction } from './run-sample.ts'

suite('webhooks, as documents show them', () => {
  let installation: Installation
  let server: RunningServer
  let client: Client
  let target: Target
  let receiver: Receiver
  let secret: string
  let down: Received

  before(async () => {
    installation = await Installation.make()
    const key = (await installation.run('keys', 'create', '--name', 'ci', '--permissions', 'read,write')).trim()
    server = await installation.serve()
    client = clientOf(server.url, key)
    receiver = await startReceiver()
    target = await startTarget()
    const created = await client.post('/notification-channels', {
      name: 'Käse "<b>" 🧀',
      type: 'WEBHOOK',
      config: { url: receiver.url },
    })
    secret = textField(created.body, 'config.secret')
    const name = 'Bäckerei "</script>" 🥐 \u2028'
    await client.post('/monitors', { name, url: target.url, type: 'API', interval: 60, confirmationChecks: 1 })
    target.status = 500
    await client.post(`/monitors/${field((await client.get('/monitors')).body, 'monitors.0.id')}/check`)
    down = await eventually('monitor.down arrives', () =>
      receiver.received.find(({ body }) => field(body, 'event') === 'monitor.down'),
    )
  })
  after(async () => {
    await receiver.close()
    await target.close()
    await installation.remove()
  })

  test("a delivery has the form of the reference's payload", { skip: NO_REFERENCE }, () => {
    assert.deepEqual(unlike(JSON.parse(referenceBlock('Webhook Payload', 'json')), down.body), [])
    assert.equal(field(down.body, 'monitor.status'), 'DOWN')
    assert.equal(field(down.body, 'check.statusCode'), 500)
    assert.equal(down.raw, JSON.stringify(down.body))
  })

  test("the reference's own check of signatures, run as written, accepts a real delivery", {
    skip: NO_REFERENCE,
  }, async (t) => {
    const sample = referenceBlock('5. Verify Webhook Signatures', 'javascript')
    const run = await sampleFunction(t, sample, { needs: ['require'], result: 'verifyWebhook' })
    const require = createRequire(import.meta.url)
    const verifyWebhook = await run({ require })
    assert.ok(typeof verifyWebhook === 'function')
    const signature = down.headers['x-webhook-signature']
    assert.equal(verifyWebhook(down.body, signature, secret), true)
    assert.equal(verifyWebhook(down.body, signature, `${secret}x`), false)
    assert.equal(verifyWebhook({ ...JSON.parse(down.raw), event: 'monitor.up' }, signature, secret), false)
  })

  test("the guide's receiver takes a real delivery, and refuses what is not signed or was changed", async (t) => {
    const run = await sampleFunction(t, guideBlock('Webhooks', 'js'), {
      needs: ['secret', 'onEvent'],
      result: 'receiver(secret, onEvent)',
    })
    const events: unknown[] = []
    const made = await run({ secret, onEvent: (event: unknown) => events.push(event) })
    assert.ok(isServer(made))
    t.after(() => made.close())
    await once(made.listen(0, '127.0.0.1'), 'listening')
    const address = made.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const send = async (body: string, headers: { [name: string]: string }) =>
      (await fetch(url, { method: 'POST', body, headers })).status
    const signature = String(down.headers['x-webhook-signature'])
    assert.equal(await send(down.raw, { 'x-webhook-signature': signature }), 204)
    assert.equal(await send(`${down.raw} `, { 'x-webhook-signature': signature }), 401)
    assert.equal(await send(down.raw, {}), 401)
    assert.deepEqual(events, [down.body])
  })

  test("the guide's check in Python says of a real delivery that it is ours, of a changed one that it is not", {
    skip: hasProgram('python3', '--version') ? false : 'there is no python3 on this machine',
  }, async (t) => {
    const folder = await sampleFolder(t)
    await writeFile(join(folder, 'body'), down.raw)
    const sample = guideBlock('Is it from us?', 'python', { page: 'notification-channels.md' })
    const asked = `
import sys
body = open('body', 'rb').read()
print(is_ours(body, *sys.argv[1:]), is_ours(body + b' ', *sys.argv[1:]))`
    const signature = String(down.headers['x-webhook-signature'])
    const printed = await output('python3', ['-c', sample + asked, signature, secret], { cwd: folder })
    assert.equal(printed, 'True False\n')
  })

  test('the signature is the lower-case hex HMAC-SHA256 of the body, and nothing else', () => {
    const wanted = createHmac('sha256', secret).update(down.raw).digest('hex')
    assert.equal(down.headers['x-webhook-signature'], wanted)
  })
})

function isServer(value: unknown): value is Server {
  return typeof value === 'object' && value !== null && 'listen' in value && 'close' in value
}
