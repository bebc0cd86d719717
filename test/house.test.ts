import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { renderGuides } from '../scripts/docs.ts'

const ROOT = join(import.meta.dirname, '..')
const LINES_MAX = 400

/** Every file of the repository that git knows or would add, with its text. */
const files = listFiles().map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
const code = files.filter(({ path }) => /\.(tsx?|sh)$/.test(path) || path.startsWith('.ci/'))
const source = files.filter(({ path }) => /^(src|web\/src)\/.*\.tsx?$/.test(path))

function listFiles(): string[] {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  assert.equal(status, 0, 'git lists the files')
  const gone = new Set(
    spawnSync('git', ['ls-files', '-z', '--deleted'], { cwd: ROOT, encoding: 'utf8' }).stdout.split('\0'),
  )
  return stdout.split('\0').filter((path) => path !== '' && !gone.has(path))
}

/** Places where a pattern stands, as `path:line`. */
function places(among: { path: string; text: string }[], pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  )
}

// Words are put together here, so that this file does not find itself.
const word = (...parts: string[]) => parts.join('')

test('there are files to look at', () => {
  assert.ok(source.length > 20)
  assert.deepEqual(places([{ path: 'x', text: `a\n// ${word('TO', 'DO')}: b` }], /\bTODO\b/), ['x:2'])
})

test('nothing is left for later', () => {
  const pattern = new RegExp(
    `\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('X', 'XX')})\\b|${word('not ', 'implemented')}`,
  )
  assert.deepEqual(places(code, pattern), [])
})

test('no type is forced', () => {
  const pattern = new RegExp(
    `\\bas ${word('an', 'y')}\\b|\\bas unknown ${word('a', 's')}\\b|@ts-(ignore|nocheck|expect-error)`,
  )
  const statements = code.map(({ path, text }) => ({ path, text: text.replace(/^\s*(\/\/|\/?\*).*$/gm, '') }))
  assert.deepEqual(places(statements, pattern), [])
})

test('the domain knows no clock and no chance', () => {
  const domain = source.filter(({ path }) => path.startsWith('src/domain/') && !/\.test\.ts$|\/kit\//.test(path))
  assert.ok(domain.length > 5)
  const pattern = /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bTemporal\.Now\b|\brandomUUID\b/
  assert.deepEqual(places(domain, pattern), [])
})

test('no path of one machine, no registry and no address of a cache stands anywhere', () => {
  const pattern = new RegExp(
    `(^|[^\\w.])/(${word('ho', 'me')}|${word('wo', 'rk')}|${word('Us', 'ers')}|${word('ro', 'ot')})/|registry\\.npmjs`,
  )
  assert.deepEqual(places(files, pattern), [])
})

test('every file is short enough to read', () => {
  const long = source.filter(({ text }) => text.split('\n').length > LINES_MAX)
  assert.deepEqual(
    long.map(({ path }) => path),
    [],
  )
})

test('every file is named after the thing in it', () => {
  const vague = source.filter(({ path }) => /(^|[/-])(utils?|helpers?|manager|misc|common)\.tsx?$/.test(path))
  assert.deepEqual(
    vague.map(({ path }) => path),
    [],
  )
})

test('the lock file names no registry, so that anyone may install from theirs', () => {
  const lock = files.find(({ path }) => path === 'package-lock.json')
  assert.ok(lock !== undefined)
  assert.doesNotMatch(lock.text, /"resolved"/)
})

test('dependencies are pinned, and the three packages of Node are of one version', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const all: { [name: string]: string } = { ...manifest.dependencies, ...manifest.devDependencies }
  for (const [name, version] of Object.entries(all)) assert.match(version, /^\d+\.\d+\.\d+$/, name)
  assert.equal(new Set(Object.values(manifest.optionalDependencies)).size, 1)
})

test('the change log has a place for what comes next', () => {
  assert.match(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), /^## \[Unreleased\]$/m)
})

test('the tables of the guide say what the schemas say (npm run docs makes them so)', () => {
  for (const { path, current, wanted } of renderGuides(ROOT)) assert.equal(current, wanted, path)
})

test('every link between documents leads somewhere', () => {
  const known = new Set(files.map(({ path }) => path))
  const broken = files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) => {
        const at = join(path, '..', target).replace(/\/$/, '')
        return known.has(at) || files.some((file) => file.path.startsWith(`${at}/`)) ? [] : [`${path}: ${target}`]
      }),
    )
  assert.deepEqual(broken, [])
})

/** What each room must not import, and what it may. */
const IMPORTS = [
  {
    room: 'src/domain',
    refused: ['node:fs', 'node:crypto', '#storage', '#config', '../probes/probe.ts'],
    allowed: ['./a.ts'],
  },
  {
    room: 'src/probes',
    refused: ['#channels', '#engine', '#config', '../domain/check.ts'],
    allowed: ['#domain', 'node:net'],
  },
  { room: 'src/channels', refused: ['#probes', '#storage', '../cli/io.ts'], allowed: ['#domain'] },
  {
    room: 'src/storage/sqlite',
    refused: ['#engine', '#probes', '../../domain/check.ts'],
    allowed: ['#domain', '../port.ts'],
  },
  {
    room: 'src/engine',
    refused: ['#api', '#config', '../storage/port.ts'],
    allowed: ['#storage', '#probes', '#channels'],
  },
  {
    room: 'src/api/auth',
    refused: ['#config', '../../cli/io.ts', '../../engine/clock.ts'],
    allowed: ['#engine', '../app.ts'],
  },
  {
    room: 'src/pages/help',
    refused: ['#api', '#config', '../../api/app.ts'],
    allowed: ['#storage', '../escape-html.ts'],
  },
  {
    room: 'web/src/pages/monitor',
    refused: ['#domain', '#api', 'node:fs', '../../../../src/api/app.ts'],
    allowed: ['#client', '../../api/client.ts', 'react'],
  },
  { room: 'src/cli', refused: ['../api/app.ts'], allowed: ['#api', '#config', './io.ts'] },
]

test('the lint lets each room in where it may go, and nowhere else', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'statusapp-house-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const cases = IMPORTS.flatMap(({ room, refused, allowed }) => [
    ...refused.map((module) => ({ room, module, isRefused: true })),
    ...allowed.map((module) => ({ room, module, isRefused: false })),
  ]).map((each, index) => ({ ...each, path: `${each.room}/case-${index}.ts` }))
  copyFileSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'))
  for (const { path, module } of cases) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `import { x } from '${module}'\n\nexport const y = x\n`)
  }
  const complaints = lint(folder)
  for (const { path, room, module, isRefused } of cases) {
    const rules = complaints.filter((each) => each.path === path).map(({ rule }) => rule)
    assert.deepEqual(rules, isRefused ? ['lint/style/noRestrictedImports'] : [], `${room} imports ${module}`)
  }
})

/** What the lint says of the files of a folder. */
function lint(folder: string): { path: string; rule: string }[] {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=200', '.']
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  assert.match(stdout, /^\{/, stderr)
  const { diagnostics }: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(stdout)
  return diagnostics.map(({ category, location }) => ({ path: location.path, rule: category }))
}
