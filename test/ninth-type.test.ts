import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)

test('a ninth monitor type is one file and one line: the example in CONTRIBUTING checks a server', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'statusapp-ninth-'))
  const redis = createServer((socket) => {
    socket.on('data', () => socket.write('+PONG\r\n'))
    socket.on('error', () => {})
  }).listen(0, '127.0.0.1')
  try {
    await once(redis, 'listening')
    for (const name of [
      'src',
      'scripts',
      'docs',
      'clients',
      'test/reference',
      'package.json',
      'tsconfig.json',
      'biome.json',
      '.gitignore',
    ]) {
      await cp(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
    }
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))

    const contributing = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
    const example = /<!-- example: a ninth type -->\n```ts\n(.*?)```/s.exec(contributing)?.[1]
    assert.ok(example !== undefined)
    await writeFile(join(copy, 'src/probes/redis.ts'), example)
    const registry = join(copy, 'src/probes/registry.ts')
    const before = await readFile(registry, 'utf8')
    const after = before
      .replace('import { websiteProbe }', "import { redisProbe } from './redis.ts'\nimport { websiteProbe }")
      .replace('  cronProbe,\n', '  cronProbe,\n  redisProbe,\n')
    await writeFile(registry, after)

    const address = redis.address()
    assert.ok(typeof address === 'object' && address !== null)
    const options = ['--type', 'REDIS', '--set', `port=${address.port}`, '--json']
    const checked = await run(process.execPath, ['src/main.ts', 'check', '127.0.0.1', ...options], { cwd: copy })
    assert.equal(JSON.parse(checked.stdout).status, 'UP')

    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', copy])
    await run(process.execPath, ['scripts/docs.ts'], { cwd: copy })
    const guide = await readFile(join(copy, 'docs/guide/monitor-types.md'), 'utf8')
    assert.match(guide, /## REDIS\n\nA Redis server answers PING\.\n\n<!-- table: monitor REDIS -->\n.*`port`/s)
    const clientTypes = await readFile(join(copy, 'clients/typescript/src/types.ts'), 'utf8')
    assert.match(clientTypes, /export interface NewRedisMonitor \{.*port\?: number/s)
  } finally {
    redis.close()
    await rm(copy, { recursive: true, force: true })
  }
})
