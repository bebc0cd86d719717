import { readdirSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Packages of hundreds of small modules: each module costs some 35 KB in every thread, and start-up time. */
export const BUNDLED: readonly string[] = ['typebox', 'kysely']

export const PACKAGES_FOLDER: string = join(import.meta.dirname, '../node_modules')
export const BUNDLED_FOLDER: string = join(PACKAGES_FOLDER, '.bundled')

/** What a bundle of a package's entry is called, without its ending: a slash has no place in a file's name. */
export function fileOf(specifier: string): string {
  return specifier.replaceAll('/', '+')
}

function bundles(): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of filesIn(BUNDLED_FOLDER)) {
    found.set(file.slice(0, -'.mjs'.length).replaceAll('+', '/'), pathToFileURL(join(BUNDLED_FOLDER, file)).href)
  }
  return found
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

// Preloaded in every thread by with-node.sh. What has no bundle is found where it always was.
const bundled = bundles()
registerHooks({
  resolve(specifier, context, nextResolve) {
    const url = bundled.get(specifier)
    return url === undefined ? nextResolve(specifier, context) : { url, format: 'module', shortCircuit: true }
  },
})
