import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import type { Json } from '#domain'
import { certificateAuthority } from '../kit/certificate-authority.ts'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { tcpServer } from '../kit/tcp-server.ts'
import { targetPolicy } from '../target-policy.ts'
import { trustIn } from '../tls/trust.ts'
import { httpProxy, socksProxy } from './kit/proxies.ts'
import { httpProbe } from './probe.ts'
import { readProxy } from './proxy.ts'

const ca = certificateAuthority()
const trust = trustIn([ca.cert])
const probe = httpProbe('WEBSITE', 'A page.', {
  lookup: (name, done) => done(null, name === 'site.test' ? [{ address: '127.0.0.1', family: 4 }] : []),
  trust: () => trust,
})

const check = (url: string, proxyUrl: string, more: { [name: string]: Json } = {}, context = {}) =>
  runCheck(probe, url, { proxyUrl, ...more }, { timeoutMs: 2_000, ...context })

for (const secure of [false, true]) {
  const scheme = secure ? 'https' : 'http'

  test(`${scheme} goes through CONNECT, with the name for the proxy to look up`, async (t) => {
    const tls = secure ? { tls: ca.issue({ name: 'x', hosts: ['far.test'] }) } : {}
    const target = await httpServer(t, (_request, response) => response.end('found'), tls)
    const proxy = await httpProxy(t)
    const url = `${scheme}://far.test:${target.port}/`
    const result = await check(url, proxy.url.replace('//', '//me:p%40ss@'), { keyword: 'found' })
    assert.equal(result.error, null)
    assert.equal(
      proxy.heads[0],
      `CONNECT far.test:${target.port} HTTP/1.1\r\nHost: far.test:${target.port}\r\n` +
        `Proxy-Authorization: Basic ${Buffer.from('me:p@ss').toString('base64')}\r\nConnection: close\r\n\r\n`,
    )
    assert.equal(target.requests[0]?.headers['proxy-authorization'], undefined)
    const details = result.details as { [name: string]: Json }
    assert.equal(details['proxy'], `127.0.0.1:${proxy.port}`)
    assert.equal(details['address'], null)
    await proxy.allClosed()
  })

  test(`${scheme} goes through SOCKS 5, with the name looked up where the scheme says`, async (t) => {
    const tls = secure ? { tls: ca.issue({ name: 'x', hosts: ['site.test'] }) } : {}
    const target = await httpServer(t, (_request, response) => response.end('found'), tls)
    const proxy = await socksProxy(t, { user: 'me:pass' })
    const url = `${scheme}://site.test:${target.port}/`
    for (const kind of ['socks5', 'socks5h']) {
      const result = await check(url, `${kind}://me:pass@127.0.0.1:${proxy.port}`, { keyword: 'found' })
      assert.equal(result.error, null)
    }
    assert.deepEqual(proxy.asked, ['127.0.0.1', 'site.test'])
    await proxy.allClosed()
  })
}

test('what a proxy refuses is told apart from what the target does', async (t) => {
  const refusals: [answer: string, error: RegExp, category: string][] = [
    [
      'HTTP/1.1 407 Who\r\n\r\n',
      /^proxy 127\S+ does not accept its user name and password \(407\)$/,
      'CONFIGURATION_ERROR',
    ],
    [
      'HTTP/1.1 502 Bad Gateway\r\n\r\n',
      /^proxy 127\S+ does not connect to far\.test:81: 502 Bad Gateway$/,
      'INFRASTRUCTURE',
    ],
    ['nonsense\r\n\r\n', /^proxy 127\S+ does not speak HTTP as a proxy does$/, 'CONFIGURATION_ERROR'],
  ]
  for (const [answer, error, category] of refusals) {
    const proxy = await httpProxy(t, answer)
    const result = await check('http://far.test:81/', proxy.url)
    assert.match(result.error ?? '', error)
    assert.equal(result.category, category)
    assert.equal(result.status, 'DOWN')
    await proxy.allClosed()
  }
})

test('what a SOCKS proxy answers is said in words', async (t) => {
  const answers: [reply: number, error: RegExp][] = [
    [1, /does not connect to far\.test:81$/],
    [2, /is not allowed by its rules to connect to far\.test:81$/],
    [3, /has no route to the network of far\.test:81$/],
    [4, /can not reach far\.test:81$/],
    [5, /says that far\.test:81 refused the connection$/],
  ]
  for (const [reply, error] of answers) {
    const proxy = await socksProxy(t, { reply })
    const result = await check('http://far.test:81/', `socks5h://127.0.0.1:${proxy.port}`)
    assert.match(result.error ?? '', error)
    assert.match(result.error ?? '', /^proxy 127\.0\.0\.1:\d+ /)
    await proxy.allClosed()
  }
  const strict = await socksProxy(t, { user: 'me:pass' })
  const stranger = await check('http://far.test:81/', `socks5h://me:wrong@127.0.0.1:${strict.port}`)
  assert.match(stranger.error ?? '', /does not accept its user name and password$/)
  assert.doesNotMatch(JSON.stringify(stranger), /wrong/)
})

test('a proxy that can not be reached is named as one', async (t) => {
  const closed = await tcpServer(t, () => {})
  await closed.close()
  const result = await check('http://far.test/', `http://127.0.0.1:${closed.port}`)
  assert.equal(result.error, `proxy 127.0.0.1:${closed.port}: connection refused by 127.0.0.1:${closed.port}`)
})

for (const kind of ['http', 'socks5h']) {
  test(`a ${kind} proxy that hangs ends with the deadline, and its socket is freed`, async (t) => {
    const silent = await tcpServer(t, (socket) => socket.resume())
    const result = await check('http://far.test/', `${kind}://127.0.0.1:${silent.port}`, {}, { timeoutMs: 150 })
    assert.equal(result.error, `timed out after 150 ms while proxy 127.0.0.1:${silent.port} connects to far.test:80`)
    await silent.allClosed()
    const closing = await tcpServer(t, (socket) => socket.once('data', () => socket.destroy()))
    const dropped = await check('http://far.test/', `${kind}://127.0.0.1:${closing.port}`)
    assert.match(dropped.error ?? '', /^proxy \S+ closed the connection instead of connecting to far\.test:80$/)
  })
}

test('the target policy judges the proxy, and targets that are known here', async (t) => {
  const proxy = await httpProxy(t)
  const strict = { targets: targetPolicy({ allowPrivate: false }) }
  const own = await check('http://far.test/', proxy.url, {}, strict)
  assert.match(own.error ?? '', /^proxy 127\S+ 127\.0\.0\.1 is a loopback address, and this server does not allow/)
  for (const target of ['http://169.254.169.254/', 'http://localhost/', 'http://10.0.0.1/', 'http://[::1]/']) {
    const refused = await check(target, 'http://203.0.113.9:1', {}, strict)
    assert.match(refused.error ?? '', /never probed|does not allow private targets/, target)
    assert.equal(refused.category, 'CONFIGURATION_ERROR')
  }
  const looked = await check('http://site.test/', 'socks5://203.0.113.9:1', {}, strict)
  assert.match(looked.error ?? '', /^site\.test leads to 127\.0\.0\.1: /)
  assert.equal(proxy.connections, 0)
})

test('an address of a proxy is read, or refused with an example', () => {
  const read = readProxy('socks5h://u:p%3A@[::1]')
  assert.deepEqual(read, {
    kind: 'socks5h',
    host: '::1',
    port: 1080,
    name: '[::1]:1080',
    username: 'u',
    password: 'p:',
  })
  for (const bad of ['proxy:3128', 'https://proxy:1', 'http://proxy/path', 'socks4://proxy', 'http://proxy:0', 'x']) {
    assert.match(String(readProxy(bad)), /^expected a URL such as http:\/\/proxy\.example:3128/, bad)
  }
})
