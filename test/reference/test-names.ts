import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The names of the tests in a file, as they stand there. */
export function testNames(file: string): string[] {
  return namesIn(readFileSync(join(ROOT, file), 'utf8'))
}

/** The names of the tests in a program. */
export function namesIn(program: string): string[] {
  const calls = program.matchAll(/^\s*test\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/gm)
  return [...calls].map(([, single, double, template]) => (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1'))
}
