import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import { runCli, runHere } from './testing/run-cli.ts'

let target: Server
let origin = ''

before(async () => {
  target = createServer((request, response) => {
    if (request.url === '/slow') return void setTimeout(() => response.end('late'), 60)
    if (request.url === '/hang') return
    response.statusCode = request.url === '/broken' ? 500 : 200
    response.end(`hello ${request.headers['x-name'] ?? 'you'}`)
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  const address = target.address()
  assert.ok(address !== null && typeof address === 'object')
  origin = `http://127.0.0.1:${address.port}`
})

after(() => {
  target.closeAllConnections()
  target.close()
})

test('a good target: a line per phase, the verdict, exit code 0', async () => {
  const run = await runCli(['check', `${origin}/`])
  assert.match(run.out, /^connect +\d+\.\d ms\n(.+ ms\n)+UP: status 200\n$/)
  assert.deepEqual({ exitCode: run.exitCode, err: run.err }, { exitCode: 0, err: '' })
})

test('a failing target: the reason, exit code 1', async () => {
  const run = await runCli(['check', `${origin}/broken`])
  assert.match(run.out, /\nDOWN: .*500.*\n$/)
  assert.equal(run.exitCode, 1)
})

test('a slow target is DEGRADED and no failure', async () => {
  const run = await runHere(['check', `${origin}/slow`, '--degraded', '20'])
  assert.match(run.out, /\nDEGRADED: /)
  assert.equal(run.exitCode, 0)
})

test('a target that hangs ends at the time-out', async () => {
  const run = await runHere(['check', `${origin}/hang`, '--timeout', '0.2'])
  assert.match(run.out, /\n?DOWN: /)
  assert.equal(run.exitCode, 1)
})

test('headers are sent, keywords are looked for, and JSON is for programs', async () => {
  const run = await runHere(['check', origin, '--header', 'X-Name: Ada', '--keyword', 'hello ada', '--json'])
  const { status, statusCode, phases, error } = JSON.parse(run.out)
  assert.deepEqual({ status, statusCode, error }, { status: 'UP', statusCode: 200, error: null })
  assert.deepEqual(Object.keys(phases), ['dns', 'connect', 'tls', 'firstByte', 'download'])
})

for (const [what, args, complaint] of [
  ['no URL', [], /missing required argument 'url'/],
  ['another scheme', ['ftp://example.com/'], /^url: /],
  ['an unknown option', ['http://127.0.0.1/', '--kewword', 'x'], /unknown option.*\n.*--keyword/],
  ['a bad status rule', ['http://127.0.0.1/', '--expect', '7'], /^expectedStatusCode: /],
  ['an unknown field', ['http://127.0.0.1/', '--set', 'colour=red'], /^colour: WEBSITE has no such field/],
  ['a type that is not probed', ['http://127.0.0.1/', '--type', 'CRON'], /CRON can't be checked/],
  ['a time-out of no time', ['http://127.0.0.1/', '--timeout', '0'], /0\.1 to 300 seconds/],
] as const) {
  test(`wrong usage, ${what}: one sentence on standard error, exit code 2`, async () => {
    const run = await runHere(['check', ...args])
    assert.match(run.err, complaint)
    assert.deepEqual({ exitCode: run.exitCode, out: run.out }, { exitCode: 2, out: '' })
  })
}
