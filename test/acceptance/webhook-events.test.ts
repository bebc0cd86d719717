import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, suite, test } from 'node:test'
import { createServer, type Server } from 'node:tls'
import { certificateAuthority } from '../../src/probes/kit/certificate-authority.ts'
import { type Client, clientOf, eventually, field, textField } from './client.ts'
import { type Receiver, startReceiver, startTarget, type Target } from './peers.ts'
import { Installation } from './server.ts'

const EVENTS = [
  'monitor.down',
  'monitor.up',
  'monitor.degraded',
  'regression.detected',
  'regression.resolved',
  'ssl.expiring',
]
const DAY_MS = 86_400_000

suite('webhooks tell of what happened', () => {
  let installation: Installation
  let client: Client
  let target: Target
  let receiver: Receiver
  let channelId: string
  const told = (event: string, monitorId: string) =>
    eventually(`${event} arrives`, () =>
      receiver.received.find(({ body }) => field(body, 'event') === event && field(body, 'monitor.id') === monitorId),
    )

  before(async () => {
    installation = await Installation.make()
    const key = (await installation.run('keys', 'create', '--name', 'ci', '--permissions', 'read,write')).trim()
    client = clientOf((await installation.serve()).url, key)
    receiver = await startReceiver()
    target = await startTarget()
    const config = { url: receiver.url }
    const made = await client.post('/notification-channels', { name: 'All', type: 'WEBHOOK', config, events: EVENTS })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    channelId = textField(made.body, 'id')
  })
  after(async () => {
    await receiver.close()
    await target.close()
    await installation.remove()
  })

  async function monitor(body: object): Promise<string> {
    const made = await client.post('/monitors', { name: 'Watched', interval: 60, confirmationChecks: 1, ...body })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    return textField(made.body, 'id')
  }

  test('a channel may ask for each of the six events, and for no other', async () => {
    const shown = await client.get(`/notification-channels/${channelId}`)
    assert.deepEqual(field(shown.body, 'events'), EVENTS)
    const refused = await client.put(`/notification-channels/${channelId}`, { events: ['monitor.sideways'] })
    assert.equal(refused.status, 400)
  })

  test('monitor.down when a monitor goes down, monitor.up when it recovers', async () => {
    const id = await monitor({ url: target.url })
    for (const [code, event, status] of [
      [500, 'monitor.down', 'DOWN'],
      [200, 'monitor.up', 'UP'],
    ] as const) {
      target.status = code
      await client.post(`/monitors/${id}/check`)
      assert.equal(field((await told(event, id)).body, 'monitor.status'), status)
    }
  })

  test('monitor.degraded when a monitor gets slower than its threshold', async () => {
    const id = await monitor({ url: target.url, degradedThreshold: 30_000 })
    await client.put(`/monitors/${id}`, { degradedThreshold: 1 })
    await eventually('a check takes more than a millisecond', async () => {
      await client.post(`/monitors/${id}/check`)
      return field((await client.get(`/monitors/${id}`)).body, 'status') === 'DEGRADED'
    })
    assert.equal(field((await told('monitor.degraded', id)).body, 'monitor.status'), 'DEGRADED')
  })

  test('ssl.expiring once when a certificate nears its end, while the monitor stays UP', async (t) => {
    const authority = certificateAuthority()
    const validTo = new Date(Date.now() + 10 * DAY_MS)
    const server = createServer(authority.issue({ name: 'site', hosts: ['127.0.0.1'], validTo }), (socket) =>
      socket.end(),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    t.after(() => server.close())
    const port = portOf(server)
    const id = await monitor({ type: 'SSL_CERT', url: '127.0.0.1', port, caCertificate: authority.cert })
    const { body } = await told('ssl.expiring', id)
    assert.equal(field(body, 'monitor.status'), 'UP')
    await client.post(`/monitors/${id}/check`)
    const deliveries = await client.get(`/notification-channels/${channelId}/deliveries`)
    const rows = field(deliveries.body, 'deliveries')
    assert.ok(Array.isArray(rows))
    assert.equal(rows.filter((row: unknown) => field(row, 'event') === 'ssl.expiring').length, 1)
  })
})

function portOf(server: Server): number {
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}
