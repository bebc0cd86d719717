import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { dashboardRoutes } from './routes.ts'

const SCRIPT = 'console.log(1)\n'.repeat(100)

/** A server of a small build; of none at all where there is none. */
async function served(t: TestContext, { isBuilt = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-web-'))
  t.after(() => rm(folder, { recursive: true }))
  const build = async () => {
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>StatusApp</title>')
    await writeFile(join(folder, 'assets/app-1.js'), SCRIPT)
    await writeFile(join(folder, 'assets/app-1.js.br'), brotliCompressSync(SCRIPT))
    await writeFile(join(folder, 'assets/app-1.js.gz'), gzipSync(SCRIPT))
    await writeFile(join(folder, 'assets/app-1.js.map'), '{}')
  }
  if (isBuilt) await build()
  const app = fastify()
  dashboardRoutes(app, { folder })
  t.after(() => app.close())
  const ask = (url: string, headers: { [name: string]: string } = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url, headers })
  return { ask, build }
}

test('every address of the app answers its page, which is asked for anew and may run its own files only', async (t) => {
  const { ask } = await served(t)
  for (const path of [
    '/',
    '/login',
    '/setup?token=x',
    '/monitors',
    '/monitors/mon_1/edit',
    '/incidents/x',
    '/settings/a/b',
  ]) {
    const { statusCode, headers, body } = await ask(path)
    assert.equal(statusCode, 200, path)
    assert.match(String(headers['content-type']), /^text\/html/)
    assert.match(body, /<title>StatusApp/)
    assert.equal(headers['cache-control'], 'private, no-cache')
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'.*script-src 'self'.*style-src 'self'.*frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
  }
})

test('a page that the browser has is not sent again; a HEAD gets no body', async (t) => {
  const { ask } = await served(t)
  const { headers } = await ask('/monitors')
  const again = await ask('/incidents', { 'if-none-match': String(headers['etag']) })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  const head = await ask('/', {}, 'HEAD')
  assert.deepEqual([head.statusCode, head.body], [200, ''])
})

test('files are sent in the smallest form that the browser takes, to be kept for good', async (t) => {
  const { ask } = await served(t)
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['', undefined],
  ] as const) {
    const { statusCode, headers } = await ask('/assets/app-1.js', { 'accept-encoding': accepted })
    assert.equal(statusCode, 200)
    assert.equal(headers['content-encoding'], encoding, accepted)
    assert.match(String(headers['content-type']), /^text\/javascript/)
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(headers['vary'], 'accept-encoding')
  }
})

test('what is no file of the build is not found: no copies, no source maps, nothing outside', async (t) => {
  const { ask } = await served(t)
  for (const name of [
    'app-2.js',
    'app-1.js.br',
    'app-1.js.map',
    '..%2findex.html',
    '%2e%2e%2fpackage.json',
    'x/y.js',
  ]) {
    const { statusCode, headers } = await ask(`/assets/${name}`)
    assert.equal(statusCode, 404, name)
    assert.doesNotMatch(String(headers['cache-control']), /immutable/)
  }
})

test('without a build the page says so, until there is one', async (t) => {
  const { ask, build } = await served(t, { isBuilt: false })
  const { statusCode, body } = await ask('/monitors')
  assert.equal(statusCode, 503)
  assert.match(body, /The dashboard is not built/)
  await build()
  assert.equal((await ask('/monitors')).statusCode, 200)
})
