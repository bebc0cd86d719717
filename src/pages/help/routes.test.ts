import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { helpRoutes } from './routes.ts'

async function helpOf(t: TestContext, files?: { [name: string]: string }) {
  const app = fastify()
  t.after(() => app.close())
  if (files === undefined) {
    helpRoutes(app)
    return app
  }
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-help-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  helpRoutes(app, { folder })
  return app
}

const THREE = {
  'a.md': '<!--\norder: 1\n-->\n# First\n\nOne.\n\n## Part\n\ntext\n\n### Sub\n',
  'b.md': '<!--\norder: 2\n-->\n# Second & "co"\n\nTwo.\n',
  'c.md': '<!--\norder: 3\n-->\n# Third\n\nThree.\n',
}

test('a guide is a page with its contents, and links to what comes before and after', async (t) => {
  const app = await helpOf(t, THREE)
  const first = (await app.inject('/help/knowledge-base/a')).body
  assert.match(first, /<title>First – StatusApp help<\/title>/)
  assert.match(first, /<nav class="contents".*?<a href="#part">Part<\/a>.*?<a href="#sub">Sub<\/a>/)
  assert.doesNotMatch(first, /rel="prev"/)
  assert.match(first, /<a href="\/help\/knowledge-base\/b" rel="next">Second &amp; &quot;co&quot;<\/a>/)
  const third = (await app.inject('/help/knowledge-base/c/')).body
  assert.match(third, /<a href="\/help\/knowledge-base\/b" rel="prev">/)
  assert.doesNotMatch(third, /rel="next"/)
  assert.match(third, /<a href="\/help\/knowledge-base\/c" aria-current="page">/)
})

test('the list of guides is at both of its addresses', async (t) => {
  const app = await helpOf(t, THREE)
  const bodies = await Promise.all(
    ['/help', '/help/', '/help/knowledge-base', '/help/knowledge-base?x=1'].map((path) => app.inject(path)),
  )
  for (const { statusCode, body } of bodies) {
    assert.equal(statusCode, 200)
    assert.equal(body, bodies[0]?.body)
    assert.match(body, /<a href="\/help\/knowledge-base\/c">Third<\/a><p>Three\.<\/p>/)
  }
})

test('an unknown address is a 404 that lists the guides, whatever stands in it', async (t) => {
  const app = await helpOf(t, THREE)
  for (const path of ['/help/x', '/help/knowledge-base/d', '/help/knowledge-base/..%2f..%2fpackage.json', '/help/<b>'])
    for (const ifNoneMatch of ['x', '*']) {
      const { statusCode, body, headers } = await app.inject({ url: path, headers: { 'if-none-match': ifNoneMatch } })
      assert.equal(statusCode, 404, path)
      assert.equal(headers['content-type'], 'text/html; charset=utf-8')
      assert.match(body, /There is no such page[\s\S]*<a href="\/help\/knowledge-base\/a">First/)
      assert.doesNotMatch(body, /<b>|package/)
    }
})

test('a page runs nothing, loads one stylesheet of ours, and may stand in no frame', async (t) => {
  const app = await helpOf(t)
  for (const path of ['/help', '/help/knowledge-base/monitor-types-overview', '/help/nothing']) {
    const { body, headers } = await app.inject(path)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'; style-src 'self'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /script|unsafe/)
    assert.doesNotMatch(body, /<script|<style|\sstyle=|\son\w+=|<img|<iframe/)
    assert.match(body, /<html lang="en">[\s\S]*name="viewport"/)
    const loaded = [...body.matchAll(/<link[^>]* href="([^"]+)"/g)].map(([, href]) => href)
    assert.equal(loaded.length, 2)
    assert.ok(loaded.every((href) => href === 'data:,' || href?.startsWith('/help/help.')))
  }
})

test('the stylesheet is kept for good under a name that changes with it', async (t) => {
  const app = await helpOf(t, THREE)
  const address = /href="(\/help\/help\.[A-Za-z0-9]{16}\.css)"/.exec((await app.inject('/help')).body)?.[1] ?? ''
  const { statusCode, headers, body } = await app.inject(address)
  assert.equal(statusCode, 200)
  assert.equal(headers['content-type'], 'text/css; charset=utf-8')
  assert.match(String(headers['cache-control']), /immutable/)
  assert.match(body, /light-dark\(/)
  assert.doesNotMatch(body, /url\(|@import/)
  assert.equal((await app.inject('/help/help.old.css')).statusCode, 404)
})

test('whoever has a page is told so, and compression is by choice', async (t) => {
  const app = await helpOf(t, THREE)
  const plain = await app.inject('/help/knowledge-base/a')
  const tag = String(plain.headers.etag)
  assert.match(tag, /^W\/"\w+"$/)
  for (const given of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
    const again = await app.inject({ url: '/help/knowledge-base/a', headers: { 'if-none-match': given } })
    assert.deepEqual([again.statusCode, again.body, again.headers.etag], [304, '', tag], given)
  }
  const other = await app.inject({ url: '/help/knowledge-base/b', headers: { 'if-none-match': tag } })
  assert.equal(other.statusCode, 200)
  const small = await app.inject({ url: '/help/knowledge-base/a', headers: { 'accept-encoding': 'br, gzip' } })
  assert.equal(small.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(small.rawPayload).toString(), plain.body)
  const refused = await app.inject({ url: '/help/knowledge-base/a', headers: { 'accept-encoding': 'gzip;q=0' } })
  assert.equal(refused.headers['content-encoding'], undefined)
  const head = await app.inject({ method: 'HEAD', url: '/help/knowledge-base/a' })
  assert.deepEqual([head.statusCode, head.body, head.headers.etag], [200, '', tag])
})

test('guides that could not be read are read again at the next request', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-help-'))
  t.after(() => rm(folder, { recursive: true }))
  const app = fastify()
  t.after(() => app.close())
  helpRoutes(app, { folder: join(folder, 'guide') })
  assert.equal((await app.inject('/help')).statusCode, 500)
  await mkdir(join(folder, 'guide'))
  await writeFile(join(folder, 'guide/a.md'), '# A\n')
  assert.equal((await app.inject('/help/knowledge-base/a')).statusCode, 200)
})
