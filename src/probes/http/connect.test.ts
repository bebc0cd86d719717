import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, Socket, type TcpNetConnectOpts } from 'node:net'
import { test } from 'node:test'
import { httpServer } from '../kit/http-server.ts'
import { realClock } from '../kit/real-clock.ts'
import { runCheck } from '../kit/run-check.ts'
import { Deadline } from '../net/deadline.ts'
import { dial, type FailedAttempt } from '../net/dial.ts'
import { Failure } from '../net/failure.ts'
import type { Address, Lookup } from '../net/resolve.ts'
import { targetPolicy } from '../target-policy.ts'
import { trustedContext } from '../tls/trust.ts'
import { websiteProbe } from '../website.ts'
import { httpProbe } from './probe.ts'

const V4: Address = { address: '127.0.0.1', family: 4 }
const V6: Address = { address: '::1', family: 6 }

function probeWith(lookup: Lookup) {
  return httpProbe('WEBSITE', 'A page.', { lookup, trust: trustedContext })
}

function failingLookup(code: string) {
  return probeWith((_name, done) => done(Object.assign(new Error(code), { code }), []))
}

async function hasIpv6(): Promise<boolean> {
  const server = createServer()
  server.listen(0, '::1')
  const listening = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  server.close()
  return listening
}
const ipv6 = await hasIpv6()

test('a name with two families is up when only the second one answers, and the family is kept', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const probe = probeWith((_name, done) => done(null, [V6, V4]))
  const result = await runCheck(probe, `http://localhost:${server.port}/`)
  assert.equal(result.error, null)
  assert.ok(result.details !== null && typeof result.details === 'object' && 'family' in result.details)
  assert.equal(result.details['family'], 4)
  assert.equal(result.details['address'], '127.0.0.1')
})

test('with IPv6 only, a name that has none is down and says so', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const probe = probeWith((_name, done) => done(null, [V4]))
  const result = await runCheck(probe, `http://localhost:${server.port}/`, { ipVersion: 6 })
  assert.equal(result.error, 'expected an IPv6 address of localhost, got only 127.0.0.1')
  const literal = await runCheck(probe, `http://127.0.0.1:${server.port}/`, { ipVersion: 6 })
  assert.equal(literal.error, 'expected an IPv6 address, got 127.0.0.1')
  assert.equal(server.requests.length, 0)
})

test('with IPv4 only, IPv6 addresses are not tried', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const probe = probeWith((_name, done) => done(null, [V6, V4]))
  const result = await runCheck(probe, `http://localhost:${server.port}/`, { ipVersion: 4 })
  assert.equal(result.error, null)
})

test('IPv6 literals are checked', { skip: !ipv6 && 'no IPv6 here' }, async (t) => {
  const server = await httpServer(t, (_request, response) => response.end(), { host: '::1' })
  const result = await runCheck(websiteProbe, `${server.url}/`)
  assert.equal(result.error, null)
  assert.equal(server.requests[0]?.headers.host, `[::1]:${server.port}`)
})

test('every address that was tried is named with its own error', async () => {
  const second = '127.0.0.2'
  const probe = probeWith((_name, done) => done(null, [V4, { address: second, family: 4 }]))
  const result = await runCheck(probe, 'http://site.test:9/')
  assert.equal(result.error, 'connection refused by 127.0.0.1:9; connection refused by 127.0.0.2:9')
  assert.equal(result.category, 'CONNECTION_REFUSED')
  assert.ok(result.evidence !== null && typeof result.evidence === 'object' && 'addresses' in result.evidence)
  assert.deepEqual(result.evidence['addresses'], [
    { address: '127.0.0.1', error: 'connection refused by 127.0.0.1:9' },
    { address: second, error: 'connection refused by 127.0.0.2:9' },
  ])
})

/** Connects, but only after some time: a far or busy server. */
function slowly(delayMs: number): (options: NetConnectOpts) => Socket {
  return (options) => {
    const socket = new Socket()
    setTimeout(() => socket.connect(options), delayMs)
    return socket
  }
}

test('a slow address is not given up after 250 ms: the deadline is its only limit', async (t) => {
  const server = await httpServer(t, () => {})
  const deadline = new Deadline(realClock, new AbortController().signal, 2_000)
  t.after(() => deadline.close())
  const unused = { address: '127.0.0.2', family: 4 }
  const attempts: FailedAttempt[] = []
  // The second address is silent for ever, so only patience with the first one helps.
  const open = (options: NetConnectOpts) =>
    (options as TcpNetConnectOpts).host === V4.address ? slowly(400)(options) : new Socket()
  const outcome = await dial([V4, unused], server.port, deadline, realClock, attempts, open)
  assert.ok(!(outcome instanceof Failure))
  assert.equal(outcome.address, V4)
  assert.deepEqual(attempts, [{ address: '127.0.0.2', error: `127.0.0.2:${server.port} did not answer in time` }])
  outcome.socket.destroy()
})

test('a silent address does not keep the next one waiting', async (t) => {
  const server = await httpServer(t, () => {})
  const deadline = new Deadline(realClock, new AbortController().signal, 5_000)
  t.after(() => deadline.close())
  const silent = { address: '127.0.0.2', family: 4 }
  const open = (options: NetConnectOpts) =>
    (options as TcpNetConnectOpts).host === V4.address ? connect(options) : new Socket()
  const startMs = performance.now()
  const outcome = await dial([silent, V4], server.port, deadline, realClock, [], open)
  assert.ok(!(outcome instanceof Failure))
  assert.equal(outcome.address, V4)
  assert.ok(performance.now() - startMs < 1_000)
  outcome.socket.destroy()
})

test('a timeout while connecting names each address that stayed silent', async (t) => {
  const deadline = new Deadline(realClock, new AbortController().signal, 400)
  t.after(() => deadline.close())
  const attempts: FailedAttempt[] = []
  const silent = { address: '127.0.0.2', family: 4 }
  const outcome = await dial([V4, silent], 81, deadline, realClock, attempts, () => new Socket())
  assert.ok(outcome instanceof Failure)
  assert.equal(outcome.sentence, 'timed out after 400 ms while connecting to 127.0.0.1:81 and 127.0.0.2:81')
  assert.equal(attempts.length, 2)
})

test('a name is looked up anew at each check, so an address that moved is seen', async (t) => {
  const first = await httpServer(t, (_request, response) => response.end('first'))
  const second = await httpServer(t, (_request, response) => response.end('second'), {
    host: '127.0.0.2',
    port: first.port,
  })
  const answers = [V4, { address: '127.0.0.2', family: 4 }]
  const probe = probeWith((_name, done) => done(null, answers.splice(0, 1)))
  await runCheck(probe, `http://site.test:${first.port}/`)
  await runCheck(probe, `http://site.test:${first.port}/`)
  assert.equal(first.requests.length, 1)
  assert.equal(second.requests.length, 1)
})

test('a resolver that gives no answer is a fault of ours, a name that does not exist is not', async () => {
  const ours = await runCheck(failingLookup('EAI_AGAIN'), 'http://site.test/')
  assert.equal(ours.status, 'DOWN')
  assert.equal(ours.localFault, true)
  assert.equal(ours.category, 'DNS_FAILURE')
  assert.equal(ours.error, 'name lookup of site.test failed here: the resolver gave no answer (EAI_AGAIN)')
  const theirs = await runCheck(failingLookup('ENOTFOUND'), 'http://site.test/')
  assert.equal(theirs.localFault, false)
  assert.equal(theirs.error, 'name lookup: no such name site.test')
})

test('a lookup that never ends is ended by the deadline', async () => {
  const result = await runCheck(
    probeWith(() => {}),
    'http://site.test/',
    {},
    { timeoutMs: 100 },
  )
  assert.equal(
    result.error,
    'timed out after 100 ms during the name lookup of site.test: the resolver here gave no answer',
  )
  assert.deepEqual([result.category, result.localFault], ['DNS_FAILURE', true])
})

test('being out of sockets says nothing about the target', async () => {
  const result = await runCheck(failingLookup('EMFILE'), 'http://site.test/')
  assert.equal(result.status, 'UNKNOWN')
  assert.equal(result.localFault, true)
})

test('an international name goes on the wire in ASCII', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const asked: string[] = []
  const probe = probeWith((name, done) => {
    asked.push(name)
    done(null, [V4])
  })
  const result = await runCheck(probe, `http://münchen.test:${server.port}/straße`)
  assert.equal(result.error, null)
  assert.deepEqual(asked, ['xn--mnchen-3ya.test'])
  assert.equal(server.requests[0]?.headers.host, `xn--mnchen-3ya.test:${server.port}`)
  assert.equal(server.requests[0]?.url, '/stra%C3%9Fe')
})

test('a name that leads to a refused address is not connected to', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const probe = probeWith((_name, done) => done(null, [V4]))
  const targets = targetPolicy({ allowPrivate: false })
  const result = await runCheck(probe, `http://site.test:${server.port}/`, {}, { targets })
  assert.equal(
    result.error,
    'site.test leads to 127.0.0.1: 127.0.0.1 is a loopback address, and this server does not allow private targets',
  )
  assert.equal(result.category, 'CONFIGURATION_ERROR')
  assert.equal(server.requests.length, 0)
})

test('of several addresses only the allowed ones are tried', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const probe = probeWith((_name, done) => done(null, [{ address: '169.254.169.254', family: 4 }, V4]))
  const result = await runCheck(probe, `http://site.test:${server.port}/`)
  assert.equal(result.error, null)
})

test('phases are measured, and those that did not happen are null', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    response.write('a')
    setTimeout(() => response.end('b'), 60)
  })
  const { phases, responseTimeMs } = await runCheck(websiteProbe, `${server.url}/`)
  assert.equal(phases.dns, null)
  assert.equal(phases.tls, null)
  assert.ok((phases.download ?? 0) >= 50)
  const sum = (phases.connect ?? 0) + (phases.firstByte ?? 0) + (phases.download ?? 0)
  assert.ok(responseTimeMs !== null && responseTimeMs >= sum && responseTimeMs < sum + 50)
  const named = await runCheck(websiteProbe, `http://localhost:${server.port}/`)
  assert.ok(named.phases.dns !== null && named.phases.dns > 0)
})
