import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

const ROOT = join(import.meta.dirname, '..')
const PACKAGE = `node-${process.platform}-${process.arch}`

/** Stands in for npm: notes each call, takes its time, and puts the package of Node where npm would. */
const NPM = `#!/bin/sh
echo "$$" > npm.pid
echo "$*" >> calls
if [ -n "\${NPM_SAYS:-}" ]; then echo "$NPM_SAYS" >&2; exit 1; fi
rm -rf node_modules
mkdir -p node_modules/.bin
sleep "\${NPM_TAKES:-0}"
if [ -z "\${NPM_LEAVES_OUT:-}" ]; then
  mkdir -p node_modules/${PACKAGE}/bin
  ln -s '${process.execPath}' node_modules/${PACKAGE}/bin/node
fi
echo "added packages"
`

/** A checkout with the real scripts, a small lock file, and a machine with a small npm and an old Node. */
async function checkout(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp setup-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'scripts'))
  for (const name of ['setup.sh', 'with-node.sh']) {
    await cp(join(ROOT, 'scripts', name), join(folder, 'scripts', name))
  }
  await writeFile(join(folder, 'package-lock.json'), '{"version": 1}')
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'npm'), NPM)
  await writeFile(join(bin, 'node'), '#!/bin/sh\nexit 1\n')
  await chmod(join(bin, 'npm'), 0o755)
  await chmod(join(bin, 'node'), 0o755)

  const start = (args: string[], env: { [name: string]: string } = {}) =>
    spawn('sh', ['scripts/with-node.sh', ...args], {
      cwd: folder,
      env: { PATH: `${bin}:/usr/bin:/bin`, TMPDIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return {
    folder,
    bin,
    start,
    run: (args: string[], env?: { [name: string]: string }) => ended(start(args, env)),
    npmCalls: async () =>
      (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    stamps: async () =>
      (await readdir(join(folder, 'node_modules')).catch(() => [])).filter((name) => name.startsWith('.setup-stamp')),
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const run = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    run.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    run.err += chunk
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...run })))
}

const HELLO = ['node', '-p', '"hello"']

test('the first run sets up and says so on standard error; a second one goes straight on', async (t) => {
  const { run, npmCalls } = await checkout(t)
  const first = await run(HELLO)
  assert.deepEqual({ code: first.code, out: first.out }, { code: 0, out: 'hello\n' })
  assert.match(first.err, /^Setting up StatusApp/)
  assert.deepEqual(await run(HELLO), { code: 0, out: 'hello\n', err: '' })
  assert.equal((await npmCalls()).length, 1)
})

test('another lock file is set up anew', async (t) => {
  const { folder, run, npmCalls } = await checkout(t)
  await run(HELLO)
  await writeFile(join(folder, 'package-lock.json'), '{"version": 2}')
  assert.equal((await run(HELLO)).code, 0)
  assert.equal((await npmCalls()).length, 2)
})

test('two runs at once set up once, and both go on', async (t) => {
  const { run, npmCalls } = await checkout(t)
  const runs = await Promise.all([run(HELLO, { NPM_TAKES: '0.3' }), run(HELLO, { NPM_TAKES: '0.3' })])
  assert.deepEqual(
    runs.map(({ code, out }) => ({ code, out })),
    Array(2).fill({ code: 0, out: 'hello\n' }),
  )
  assert.equal((await npmCalls()).length, 1)
})

test('a set-up that is interrupted ends npm too, and counts as none', async (t) => {
  const { folder, start, run, npmCalls, stamps } = await checkout(t)
  const child = start(HELLO, { NPM_TAKES: '0.6' })
  const end = ended(child)
  while ((await npmCalls()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  child.kill('SIGTERM')
  assert.notEqual((await end).code, 0)
  const npm = Number(await readFile(join(folder, 'npm.pid'), 'utf8'))
  assert.throws(() => process.kill(npm, 0), { code: 'ESRCH' })
  assert.deepEqual(await stamps(), [])
  assert.equal((await run(HELLO)).out, 'hello\n')
  assert.equal((await npmCalls()).length, 2)
})

test('a registry out of reach is said, with npm in its own words before it', async (t) => {
  const { run, stamps } = await checkout(t)
  const { code, out, err } = await run(HELLO, { NPM_SAYS: 'npm error code ECONNREFUSED' })
  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.match(err, /npm error code ECONNREFUSED\nStatusApp is not set up: the npm registry can't be reached\./)
  assert.deepEqual(await stamps(), [])
})

test('a machine without a Node 26 is told so', async (t) => {
  const { run, stamps } = await checkout(t)
  const { code, err } = await run(HELLO, { NPM_LEAVES_OUT: 'yes' })
  assert.equal(code, 1)
  assert.match(err, /StatusApp is not set up: (Node 26 did not arrive|there is no Node 26 package)/)
  assert.deepEqual(await stamps(), [])
})

test("a system's own Node 26 will do where the package is missing", async (t) => {
  const { bin, run } = await checkout(t)
  await rm(join(bin, 'node'))
  await symlink(process.execPath, join(bin, 'node'))
  assert.equal((await run(HELLO, { NPM_LEAVES_OUT: 'yes' })).out, 'hello\n')
})

test('a set-up that can bundle nothing says so and goes on', async (t) => {
  const { run } = await checkout(t)
  const first = await run(HELLO)
  assert.match(first.err, /could not be bundled/)
  assert.equal(first.out, 'hello\n')
})

/** Stands in for the build of the dashboard: notes each call, and makes the page, unless it is told to fail. */
const BUILD = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('builds', 'one\\n')
  if (process.env.BUILD_FAILS) throw new Error('no room')
  mkdirSync('dist/web', { recursive: true })
  writeFileSync('dist/web/index.html', '')
`

async function checkoutWithDashboard(t: TestContext) {
  const made = await checkout(t)
  for (const path of ['web/src', 'clients/typescript/src']) await mkdir(join(made.folder, path), { recursive: true })
  await writeFile(join(made.folder, 'web/src/main.tsx'), 'one')
  await writeFile(join(made.folder, 'clients/typescript/src/index.ts'), '')
  await writeFile(join(made.folder, 'scripts/build-web.ts'), BUILD)
  const builds = async () =>
    (await readFile(join(made.folder, 'builds'), 'utf8').catch(() => '')).split('one').length - 1
  return { ...made, builds }
}

test('the dashboard is built once, and again when its sources or the lock file have changed', async (t) => {
  const { folder, run, builds } = await checkoutWithDashboard(t)
  assert.match((await run(HELLO)).err, /Building the dashboard/)
  assert.deepEqual(await run(HELLO), { code: 0, out: 'hello\n', err: '' })
  assert.equal(await builds(), 1)
  await writeFile(join(folder, 'web/src/main.tsx'), 'two')
  await run(HELLO)
  assert.equal(await builds(), 2)
  await rename(join(folder, 'web/src/main.tsx'), join(folder, 'web/src/other.tsx'))
  await run(HELLO)
  assert.equal(await builds(), 3)
  await writeFile(join(folder, 'package-lock.json'), '{"version": 2}')
  await run(HELLO)
  assert.equal(await builds(), 4)
  await writeFile(join(folder, 'web/src/other.test.ts'), 'a test is no part of it')
  await run(HELLO)
  assert.equal(await builds(), 4)
})

test('a dashboard that can not be built is told of, with the reason, and everything else goes on', async (t) => {
  const { run, builds } = await checkoutWithDashboard(t)
  const { code, out, err } = await run(HELLO, { BUILD_FAILS: 'yes' })
  assert.deepEqual({ code, out }, { code: 0, out: 'hello\n' })
  assert.match(err, /no room(.|\n)*The dashboard could not be built, and StatusApp goes on without it/)
  assert.equal((await run(HELLO)).out, 'hello\n')
  assert.equal(await builds(), 2)
})

/** Says whether it runs in the main thread and where some packages are found, then has another thread say the same. */
const SAY_PLACES = `
  import { isMainThread, Worker } from 'node:worker_threads'
  const places = ['typebox', 'typebox/value', 'typebox/compile', 'kysely'].map((name) => import.meta.resolve(name))
  console.log(isMainThread, places.every((place) => place.includes('/node_modules/.bundled/')))
  if (isMainThread) new Worker(new URL('data:text/javascript,' + encodeURIComponent(process.env.SCRIPT)))
`

test('every entry of a bundled package is found in its bundle, here and in other threads', async () => {
  const args = [join(ROOT, 'scripts/with-node.sh'), 'node', '--input-type=module', '-e', SAY_PLACES]
  const { out } = await ended(spawn('sh', args, { env: { ...process.env, SCRIPT: SAY_PLACES } }))
  assert.equal(out, 'true true\nfalse true\n')
})
