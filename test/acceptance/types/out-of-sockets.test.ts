import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { dnsServer, reply } from '../../../src/probes/dns/kit/dns-server.ts'
import { tcpServer } from '../../../src/probes/kit/tcp-server.ts'
import { type Client, field } from '../client.ts'
import { Stage } from './stage.ts'
import { startServer } from './verdicts.ts'

/** Why the files of another process can't be limited here; false when they can. */
function obstacle(): string | false {
  try {
    execFileSync('prlimit', ['--nofile', '--pid', String(process.pid)], { stdio: 'ignore' })
    return false
  } catch {
    return 'prlimit is needed to leave a server without sockets'
  }
}

describe('a server without sockets', { skip: obstacle() }, () => {
  const stage = new Stage()
  let serverId: number
  let client: Client
  let port: number
  let dns: string

  before(async () => {
    const started = await startServer(stage)
    serverId = started.process.pid ?? 0
    client = started.client
    port = (await tcpServer(stage, (socket) => socket.once('data', () => socket.destroy()))).port
    dns = (await dnsServer(stage, (query) => reply(query))).name
  })
  after(() => stage.close())

  const limit = (files: number) =>
    execFileSync('prlimit', [`--nofile=${files}:`, '--pid', String(serverId)], { stdio: 'ignore' })

  test('UNKNOWN: what can not be measured here says so for each type that connects, and nothing of the target', async () => {
    const bodies = [
      { type: 'WEBSITE', url: `http://127.0.0.1:${port}/` },
      { type: 'API', url: `http://127.0.0.1:${port}/` },
      { type: 'GRAPHQL', url: `http://127.0.0.1:${port}/`, graphqlQuery: '{a}' },
      { type: 'PORT', url: `tcp://127.0.0.1:${port}` },
      { type: 'PORT', url: `udp://127.0.0.1:${port}` },
      { type: 'SSL_CERT', url: `127.0.0.1:${port}` },
      { type: 'DNS', url: 'www.test', dnsServer: dns },
    ]
    // Each once before: what is read from files at the first use is there then, as is the client's own connection.
    for (const body of bodies) {
      const { body: answer } = await client.post('/monitors/test', { timeout: 1, ...body })
      assert.match(String(field(answer, 'results.0.status')), /^(UP|DOWN)$/)
    }
    // Any new one would be above the third.
    limit(3)
    for (const body of bodies) {
      const { body: answer } = await client.post('/monitors/test', { timeout: 1, ...body })
      const { status, error, rootCauseCategory } = Object(field(answer, 'results.0'))
      const said = `${body.type} says ${JSON.stringify(answer)}`
      assert.deepEqual([status, rootCauseCategory], ['UNKNOWN', null], said)
      assert.match(
        String(error),
        /^this machine is out of sockets or memory \(EMFILE\), so the check could not be made$/,
      )
    }
    limit(1_024)
    const { body } = await client.post('/monitors/test', { timeout: 1, ...bodies[3] })
    assert.equal(field(body, 'results.0.status'), 'UP')
  })
})
