import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { type Client, clientOf, field } from '../client.ts'
import { startTarget, type Target } from '../peers.ts'
import { Installation, type RunningServer } from '../server.ts'
import { guideBlock, NO_REFERENCE, referenceBlock, withHostAndKey } from './document.ts'
import { hasProgram, output, sampleFolder } from './run-sample.ts'

const NO_PYTHON = hasProgram('python3', '--version') ? false : 'there is no python3 on this machine'
const NO_REQUESTS = hasProgram('python3', '-c', 'import requests')
  ? false
  : 'the Python package requests is not on this machine; the sample runs on a stand-in instead'
const NO_GO = hasProgram('go', 'version') ? false : 'there is no Go toolchain on this machine'
const NO_CURL = hasProgram('curl', '--version') ? false : 'there is no curl on this machine'

/** As much of `requests` as the sample uses, by the standard library. */
const REQUESTS = `
import json, urllib.request

class _Response:
    def __init__(self, body):
        self._body = body
    def json(self):
        return self._body

def post(url, headers, json=None):
    return _Response(_post(url, headers, json))

def _post(url, headers, payload):
    request = urllib.request.Request(url, data=json.dumps(payload).encode(), headers=headers)
    with urllib.request.urlopen(request) as response:
        return json.load(response)
`

suite('a monitor is created by the samples in each language', () => {
  let installation: Installation
  let server: RunningServer
  let key: string
  let client: Client
  let target: Target

  before(async () => {
    installation = await Installation.make()
    key = (await installation.run('keys', 'create', '--name', 'samples', '--permissions', 'read,write')).trim()
    server = await installation.serve()
    client = clientOf(server.url, key)
    target = await startTarget()
  })
  after(async () => {
    await target.close()
    await installation.remove()
  })

  const environment = () => ({ STATUSAPP_URL: server.url, STATUSAPP_API_KEY: key })
  const changed = (sample: string) => withHostAndKey(sample, { url: server.url, key })

  /** Runs what makes a monitor; answers what it printed. Fails unless there is one more, as the sample asks for it. */
  async function creates(wanted: { [name: string]: unknown }, run: () => Promise<string>): Promise<string> {
    const count = Number(field((await client.get('/monitors')).body, 'count'))
    const printed = await run()
    const { body } = await client.get('/monitors?limit=1')
    assert.equal(field(body, 'count'), count + 1, `no monitor was made; it printed: ${printed}`)
    const made = await client.get(`/monitors/${field(body, 'monitors.0.id')}`)
    for (const [name, value] of Object.entries(wanted)) assert.equal(field(made.body, name), value, name)
    return printed
  }

  const asReference = {
    name: 'My API',
    url: 'https://api.example.com',
    type: 'API',
    interval: 300,
    expectedStatusCode: 200,
  }
  const asGuide = { name: 'Shop', url: 'https://shop.example.com/', type: 'WEBSITE', interval: 60 }

  test("the reference's Node.js sample", { skip: NO_REFERENCE }, async (t) => {
    const file = join(await sampleFolder(t), 'sample.mjs')
    await writeFile(file, `${changed(referenceBlock('Node.js / JavaScript', 'javascript'))}\nawait createMonitor()\n`)
    const printed = await creates(asReference, () => output(process.execPath, [file], { env: environment() }))
    assert.match(printed, /^Monitor created: \{\s+id: 'mon_[a-z0-9]{16}'/)
  })

  async function python(t: TestContext, modules: { [name: string]: string }): Promise<string> {
    const folder = await sampleFolder(t)
    await writeFile(join(folder, 'sample.py'), `${changed(referenceBlock('Python', 'python'))}\ncreate_monitor()\n`)
    for (const [name, text] of Object.entries(modules)) await writeFile(join(folder, name), text)
    return creates(asReference, () => output('python3', ['sample.py'], { cwd: folder, env: environment() }))
  }

  test("the reference's Python sample", { skip: NO_REFERENCE || NO_PYTHON || NO_REQUESTS }, async (t) => {
    assert.match(await python(t, {}), /^Monitor created: \{'id': 'mon_[a-z0-9]{16}'/)
  })

  test("the reference's Python sample, on a stand-in for requests", { skip: NO_REFERENCE || NO_PYTHON }, async (t) => {
    assert.match(await python(t, { 'requests.py': REQUESTS }), /^Monitor created: \{'id': 'mon_[a-z0-9]{16}'/)
  })

  test("the reference's cURL sample", { skip: NO_REFERENCE || NO_CURL }, async () => {
    const sample = changed(referenceBlock('cURL', 'bash'))
    const printed = await creates(asReference, () => output('sh', ['-c', sample]))
    assert.match(printed, /^\{"id":"mon_[a-z0-9]{16}"/)
  })

  test("the reference's Go sample, compiled", { skip: NO_REFERENCE || NO_GO }, async (t) => {
    const sample = `${changed(referenceBlock('Go', 'go'))}\nfunc main() { createMonitor() }\n`
    const printed = await creates(asReference, () => compiled(t, sample))
    assert.match(printed, /^Monitor created: map\[.*\bid:mon_[a-z0-9]{16}/)
  })

  async function compiled(t: TestContext, sample: string): Promise<string> {
    const folder = await sampleFolder(t)
    await writeFile(join(folder, 'sample.go'), sample)
    const own = {
      GOCACHE: join(folder, 'cache'),
      GOPATH: join(folder, 'path'),
      GOFLAGS: '-mod=mod',
      GO111MODULE: 'off',
    }
    await output('go', ['build', '-o', 'sample', 'sample.go'], { cwd: folder, env: own })
    return output(join(folder, 'sample'), [], { env: environment() })
  }

  test("the guide's Node.js sample", async (t) => {
    const file = join(await sampleFolder(t), 'sample.mjs')
    await writeFile(file, guideBlock('Node.js', 'js'))
    const printed = await creates(asGuide, () => output(process.execPath, [file], { env: environment() }))
    assert.match(printed, /^mon_[a-z0-9]{16} (UP|PENDING)\n$/)
  })

  test("the guide's Python sample", { skip: NO_PYTHON }, async (t) => {
    const file = join(await sampleFolder(t), 'sample.py')
    await writeFile(file, guideBlock('Python', 'python'))
    const printed = await creates(asGuide, () => output('python3', [file], { env: environment() }))
    assert.match(printed, /^mon_[a-z0-9]{16} (UP|PENDING)\n$/)
    const refused = output('python3', [file], { env: { ...environment(), STATUSAPP_API_KEY: 'sk_live_wrong' } })
    await assert.rejects(refused, /This API key is not known\./)
  })

  test("the guide's cURL sample", { skip: NO_CURL }, async () => {
    const printed = await creates(asGuide, () => output('sh', ['-c', guideBlock('cURL', 'sh')], { env: environment() }))
    assert.match(printed, /^\{"id":"mon_[a-z0-9]{16}"/)
  })

  test("the guide's Go sample, compiled", { skip: NO_GO }, async (t) => {
    const printed = await creates(asGuide, () => compiled(t, guideBlock('Go', 'go')))
    assert.match(printed, /^mon_[a-z0-9]{16} (UP|PENDING)\n$/)
  })

  async function reads(index: number): Promise<void> {
    const printed = await output('sh', ['-c', changed(referenceBlock('Authentication Methods', 'bash', index))])
    assert.ok(Array.isArray(field(JSON.parse(printed), 'monitors')), printed)
  }

  test("the reference's X-API-Key header is a key that reads", { skip: NO_REFERENCE || NO_CURL }, () => reads(0))

  test("the reference's Bearer token is a key that reads", { skip: NO_REFERENCE || NO_CURL }, () => reads(1))

  test("the guide's two headers are keys that read", { skip: NO_CURL }, async () => {
    const printed = await output('sh', ['-c', guideBlock('Authentication', 'sh')], { env: environment() })
    assert.equal(printed.match(/\{"monitors":\[/g)?.length, 2, printed)
  })

  test('a sample with an address that answers is UP at once, as the reference shows it', async () => {
    const { body } = await client.post('/monitors', { ...asReference, url: target.url })
    assert.equal(field(body, 'status'), 'UP')
  })
})
