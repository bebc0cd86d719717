import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'

const ROOT = join(import.meta.dirname, '..')
const BUILT = join(ROOT, 'dist/web')
/** A server that runs goes on reading the old files until the new ones are whole. */
const FRESH = join(ROOT, 'dist/web.new')
/** Below this a compressed copy saves nothing that anybody would notice. */
const WORTH_COMPRESSING = 512

/** Builds the dashboard into `dist/web`: names with content hashes, and compressed copies beside each file. */
async function buildDashboard(): Promise<void> {
  await build({
    configFile: false,
    root: join(ROOT, 'web'),
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: FRESH,
      emptyOutDir: true,
      target: 'es2023',
      // A file of its own for each: the content security policy knows no other place.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      sourcemap: false,
    },
  })
  for (const file of await readdir(FRESH, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) await compress(join(file.parentPath, file.name))
  }
  await rm(BUILT, { recursive: true, force: true })
  await rename(FRESH, BUILT)
}

async function compress(path: string): Promise<void> {
  const plain = await readFile(path)
  if (plain.length < WORTH_COMPRESSING) return
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  const [br, gz] = await Promise.all([promisify(brotliCompress)(plain, quality), promisify(gzip)(plain, { level: 9 })])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}

await buildDashboard()
