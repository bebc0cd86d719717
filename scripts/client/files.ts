import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
// biome-ignore lint/style/noRestrictedImports: the document is asked of a server, and only tests have one without a port of its own
import { wholeDocument } from '../../src/api/testing/whole-document.ts'
import { renderClient } from './render.ts'

/** The generated files of the TypeScript client, as they are and as they should be. */
export async function clientFiles(root: string): Promise<{ path: string; current: string; wanted: string }[]> {
  const files = renderClient(await wholeDocument())
  return Object.entries(files).map(([name, text]) => {
    const path = join(root, 'clients/typescript/src', name)
    return { path, current: existsSync(path) ? readFileSync(path, 'utf8') : '', wanted: formatted(root, path, text) }
  })
}

function formatted(root: string, path: string, text: string): string {
  const program = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const options = { cwd: root, input: text, encoding: 'utf8', maxBuffer: 1e8 } as const
  return execFileSync(process.execPath, [program, 'check', '--write', `--stdin-file-path=${path}`], options)
}
