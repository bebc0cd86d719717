import assert from 'node:assert/strict'
import { Resolver } from 'node:dns'
import { test } from 'node:test'
import { type Answering, dnsServer, RCODE, reply } from '../dns/kit/dns-server.ts'
import { httpProbe } from '../http/probe.ts'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { Echoes } from '../ping/echoes.ts'
import { fakeIcmp } from '../ping/kit/fake-icmp.ts'
import { pingProbeWith } from '../ping.ts'
import { makePortProbe } from '../port.ts'
import { makeSslCertProbe } from '../ssl-cert.ts'
import { trustedContext } from '../tls/trust.ts'
import type { Lookup } from './resolve.ts'

/** Looks names up at one server, with the codes that the system's lookup gives. */
function lookupAt(server: string): Lookup {
  const resolver = new Resolver({ timeout: 300, tries: 1 })
  resolver.setServers([server])
  return (name, done) => {
    resolver.resolve4(name, (error, found) => {
      const code = error?.code === 'ENOTFOUND' ? 'ENOTFOUND' : 'EAI_AGAIN'
      if (error === null)
        done(
          null,
          found.map((address) => ({ address, family: 4 })),
        )
      else done(Object.assign(new Error(code), { code }), [])
    })
  }
}

test('an address that was moved is seen at the next check, and the old one is asked no more', async (t) => {
  let address = '127.0.0.1'
  const dns = await dnsServer(t, (query) =>
    reply(query, { answers: [{ name: 'shop.test', type: 'A', ttl: 1, data: address }] }),
  )
  const first = await httpServer(t, (_request, response) => response.end('first'))
  const second = await httpServer(t, (_request, response) => response.end('second'), {
    host: '127.0.0.2',
    port: first.port,
  })
  const probe = httpProbe('WEBSITE', 'A page.', { lookup: lookupAt(dns.name), trust: trustedContext })
  const check = (keyword: string) =>
    runCheck(probe, `http://shop.test:${first.port}/`, { keyword }, { timeoutMs: 5_000 })
  assert.equal((await check('first')).error, null)
  address = '127.0.0.2'
  assert.equal((await check('second')).error, null)
  assert.deepEqual([first.requests.length, second.requests.length], [1, 1])
})

const BROKEN: [what: string, answering: Answering, error: RegExp][] = [
  [
    'drops every question',
    () => [],
    /^timed out after 150 ms during the name lookup of shop\.test: the resolver here gave no answer$/,
  ],
  [
    'fails at every question',
    (query) => reply(query, { rcode: RCODE.servfail }),
    /^name lookup of shop\.test failed here: the resolver gave no answer \(EAI_AGAIN\)$/,
  ],
]

for (const [what, answering, error] of BROKEN) {
  test(`where the resolver of this machine ${what}, the fault is ours for every type that looks names up`, async (t) => {
    const lookup = lookupAt((await dnsServer(t, answering)).name)
    const deps = { lookup, trust: trustedContext }
    const { open } = fakeIcmp(() => assert.fail('nothing is pinged'))
    const program = () => assert.fail('nothing is pinged')
    const means = { lookup, program, echoes: { 4: new Echoes(4, open), 6: new Echoes(6, open) } }
    for (const [probe, url] of [
      [httpProbe('WEBSITE', 'A page.', deps), 'http://shop.test/'],
      [makePortProbe({ lookup }), 'tcp://shop.test:1'],
      [makeSslCertProbe(deps), 'shop.test'],
      [pingProbeWith(means, () => true), 'shop.test'],
    ] as const) {
      const result = await runCheck(probe, url, {}, { timeoutMs: 150 })
      assert.equal(result.status, 'DOWN')
      assert.match(result.error ?? '', error)
      assert.deepEqual([result.category, result.localFault], ['DNS_FAILURE', true], probe.type)
    }
  })
}

test('a name that does not exist is its own fault', async (t) => {
  const dns = await dnsServer(t, (query) => reply(query, { rcode: RCODE.nxdomain }))
  const result = await runCheck(makePortProbe({ lookup: lookupAt(dns.name) }), 'tcp://no.test:1')
  assert.equal(result.error, 'name lookup: no such name no.test')
  assert.equal(result.localFault, false)
})
