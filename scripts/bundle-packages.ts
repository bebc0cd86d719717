import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { BUNDLED, BUNDLED_FOLDER, fileOf, PACKAGES_FOLDER } from './bundled-packages.ts'

/** The package and each of its entries that can be imported, such as `typebox` and `typebox/value`. */
async function entriesOf(name: string): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(join(PACKAGES_FOLDER, name, 'package.json'), 'utf8'))
  return Object.keys(exports).map((path) => `${name}${path.slice(1)}`)
}

/** Bundles one package: what its entries share stands in a chunk of its own, so that each module exists once. */
async function bundle(name: string): Promise<void> {
  const entries = await entriesOf(name)
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [fileOf(entry), entry])),
    cwd: join(PACKAGES_FOLDER, '..'),
    platform: 'node',
    logLevel: 'warn',
  })
  await build.write({
    dir: BUNDLED_FOLDER,
    format: 'esm',
    entryFileNames: '[name].mjs',
    sanitizeFileName: false,
    chunkFileNames: `${name}.[name].[hash].mjs`,
    comments: false,
  })
  await build.close()
}

await rm(BUNDLED_FOLDER, { recursive: true, force: true })
for (const name of BUNDLED) await bundle(name)
