import assert from 'node:assert/strict'
import { dnsServer, reply } from '../../../src/probes/dns/kit/dns-server.ts'
import { httpServer } from '../../../src/probes/kit/http-server.ts'
import { eventually, field, textField } from '../client.ts'
import { startReceiver } from '../peers.ts'
import { Stage } from './stage.ts'
import { startServer } from './verdicts.ts'

// Run by names.test.ts where the system's resolver asks 127.0.0.1: plays that resolver. Fails by an exception.
const stage = new Stage()
try {
  let address = '127.0.0.2'
  let answers = true
  await dnsServer(
    stage,
    (query) => {
      const [question] = query.questions ?? []
      if (!answers || question === undefined) return []
      return reply(query, {
        answers: question.type === 'A' ? [{ name: question.name, type: 'A', ttl: 1, data: address }] : [],
      })
    },
    { port: 53, tcp: false },
  )
  const { client } = await startServer(stage)
  const first = await httpServer(stage, (_request, response) => response.end(), { host: '127.0.0.2' })
  const second = await httpServer(stage, (_request, response) => response.end(), {
    host: '127.0.0.3',
    port: first.port,
  })
  const monitor = async (host: string) => {
    const body = { name: host, url: `http://${host}:${first.port}/`, interval: 60, timeout: 2, confirmationChecks: 2 }
    const created = await client.post('/monitors', body)
    assert.equal(field(created.body, 'status'), 'UP', JSON.stringify(created.body))
    return textField(created.body, 'id')
  }
  const check = async (id: string) => field((await client.post(`/monitors/${id}/check`)).body, 'results.0')

  // A name that moves is followed by the very next check.
  const moved = await monitor('shop.test')
  address = '127.0.0.3'
  const seen = await check(moved)
  assert.equal(field(seen, 'error'), null)
  assert.equal(field(seen, 'details.address'), '127.0.0.3')
  assert.ok(second.requests.length > 0)

  // A resolver that falls silent is no outage of fifteen targets.
  const receiver = await startReceiver()
  stage.after(() => receiver.close())
  await client.post('/notification-channels', { name: 'Pager', type: 'WEBHOOK', config: { url: receiver.url } })
  const ids = [moved, ...(await Promise.all(Array.from({ length: 14 }, (_, at) => monitor(`site-${at}.test`))))]
  const round = () => Promise.all(ids.map(check))
  answers = false
  for (const seen of [await round(), await round()].flat()) {
    assert.match(
      textField(seen, 'error'),
      /^(timed out after 2000 ms during the name lookup|name lookup of) .* the resolver/,
    )
    assert.equal(field(seen, 'rootCauseCategory'), 'DNS_FAILURE')
  }
  const { body: kept } = await client.get(`/monitors/${moved}/checks?status=UNKNOWN`)
  assert.match(textField(kept, 'checks.0.error'), /its own network is suspected/)
  answers = true
  await eventually('all are well again', async () => (await round()).every((seen) => field(seen, 'status') === 'UP'))
  assert.deepEqual(receiver.events(), [])
  assert.equal(field((await client.get('/incidents')).body, 'count'), 0)
} finally {
  await stage.close()
}
