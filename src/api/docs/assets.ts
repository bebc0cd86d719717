import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** The files of the page: those that show the document come from a package, the two others are ours. */
const FILES = {
  'swagger-ui.css': import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  'docs.css': new URL('docs.css', import.meta.url).href,
  'swagger-ui.js': import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  'docs.js': new URL('docs.js', import.meta.url).href,
} as const
export type AssetName = keyof typeof FILES
const ASSET_NAMES = Object.keys(FILES).filter((name): name is AssetName => Object.hasOwn(FILES, name))

/** A file as it is sent. Its name carries a hash of what is in it, so that browsers may keep it for good. */
export interface Asset {
  name: string
  type: string
  gzipped: Buffer
  /** Read when a client takes no gzip, which hardly any does. */
  plain(): Promise<Buffer>
}

const compress = promisify(gzip)
let loaded: Promise<Map<AssetName, Asset>> | null = null

/** Every file of the page, read and compressed when the page is first asked for. */
export function assets(): Promise<Map<AssetName, Asset>> {
  loaded ??= Promise.all(ASSET_NAMES.map(load))
    .then((entries) => new Map(entries))
    .catch((error: unknown) => {
      loaded = null
      throw error
    })
  return loaded
}

async function load(name: AssetName): Promise<[AssetName, Asset]> {
  const plain = () => readFile(new URL(FILES[name]))
  const bytes = await plain()
  const [stem, extension] = name.split(/\.(?=[^.]+$)/)
  const type = extension === 'css' ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
  const digest = hash('sha256', bytes, 'base64url')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 16)
  return [name, { name: `${stem}.${digest}.${extension}`, type, gzipped: await compress(bytes), plain }]
}
