import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

const TYPES: { readonly [ending: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** Copies that the build made beside a file, the smallest first. */
const ENCODINGS = { br: '.br', gzip: '.gz' } as const
export type Encoding = keyof typeof ENCODINGS

/** A file of the build. Its bytes stay on the disk: a server whose dashboard nobody opens does not hold them. */
export interface BuiltFile {
  type: string
  /** Weak, since it names the content and not how it is compressed. */
  tag: string
  encodings: readonly Encoding[]
  read(encoding: Encoding | null): Promise<Buffer>
}

/** The files of a build by their path within it, such as `assets/x.js`; none where there was no build. */
export async function builtFiles(folder: string): Promise<ReadonlyMap<string, BuiltFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const there = new Set(paths)
  const files = new Map<string, BuiltFile>()
  for (const path of paths) {
    const type = TYPES[extname(path)]
    if (type === undefined) continue
    const encodings = encodingsOf(path, there)
    files.set(relative(folder, path).split(sep).join('/'), {
      type,
      tag: `W/"${hash('sha256', await readFile(path), 'base64url').slice(0, 16)}"`,
      encodings,
      read: (encoding) => readFile(encoding === null ? path : `${path}${ENCODINGS[encoding]}`),
    })
  }
  return files
}

function encodingsOf(path: string, there: ReadonlySet<string>): Encoding[] {
  const all: Encoding[] = ['br', 'gzip']
  return all.filter((encoding) => there.has(`${path}${ENCODINGS[encoding]}`))
}
