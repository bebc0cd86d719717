import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, suite, test } from 'node:test'
import {
  type StatusApp,
  StatusAppError,
  verifyStandardWebhook,
  verifyWebhook,
} from '../../clients/typescript/src/index.ts'
import { eventually, statusAppOf } from './client.ts'
import { Installation, type RunningServer } from './server.ts'

interface Received {
  headers: { [name: string]: string | string[] | undefined }
  body: string
}

suite('the typed client against a server as users start it', () => {
  const received: Received[] = []
  const receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    received.push({ headers: request.headers, body })
    response.end()
  })
  let installation: Installation
  let server: RunningServer
  let api: StatusApp

  before(async () => {
    await once(receiver.listen(0, '127.0.0.1'), 'listening')
    installation = await Installation.make()
    server = await installation.serve()
    const key = await installation.run('keys', 'create', '--name', 'client', '--permissions', 'read,write,delete')
    api = statusAppOf(server.url, key.trim())
  })
  after(async () => {
    receiver.close()
    await installation.remove()
  })

  test('a job that fails opens an incident, tells the webhook, and a later success ends it', async () => {
    const address = receiver.address()
    assert.ok(typeof address === 'object' && address !== null)
    const channel = await api.createNotificationChannel({
      name: 'Hook',
      type: 'WEBHOOK',
      config: { url: `http://127.0.0.1:${address.port}/hook` },
    })
    const secret = channel.config.secret ?? ''
    const job = await api.createMonitor({ name: 'Backup', type: 'CRON', interval: 3_600 })

    const open = statusAppOf(server.url)
    await open.pingStart(job.id)
    await open.pingFail(job.id, { error: 'disk full' })
    const incident = await eventually('an incident', async () => {
      const { incidents } = await api.listIncidents({ monitorId: job.id, status: 'active' })
      return incidents[0]
    })
    assert.match((await api.getIncident(incident.id)).rootCause ?? '', /disk full/)

    const told = await eventually('a webhook', () => received.find(({ body }) => body.includes('monitor.down')))
    assert.equal(await verifyWebhook(told.body, text(told, 'x-webhook-signature'), secret), true)
    assert.equal(await verifyWebhook(JSON.parse(told.body), text(told, 'x-webhook-signature'), secret), true)
    const standard = {
      id: text(told, 'webhook-id'),
      timestamp: text(told, 'webhook-timestamp'),
      signature: text(told, 'webhook-signature'),
    }
    assert.equal(await verifyStandardWebhook(told.body, standard, secret), true)
    assert.equal(await verifyStandardWebhook(`${told.body} `, standard, secret), false)

    await open.ping(job.id, { message: 'Backup completed' })
    await eventually('the end', async () => (await api.getIncident(incident.id)).isResolved)
    const kinds: string[] = []
    for await (const { kind } of api.eachHeartbeats(job.id, { limit: 1 })) kinds.push(kind)
    assert.deepEqual(kinds, ['success', 'fail', 'start'])
  })

  test('what a key may not do is an error that says which permission it lacks', async () => {
    await assert.rejects(api.listApiKeys(), (error) => {
      assert.ok(error instanceof StatusAppError)
      assert.equal(error.code, 'FORBIDDEN')
      assert.match(error.message, /admin/)
      return true
    })
  })
})

function text({ headers }: Received, name: string): string {
  return String(headers[name])
}
