import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'

/** A folder that is gone after the test. */
export async function sampleFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-sample-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Whether a program of this name can be started. */
export function hasProgram(name: string, ...args: string[]): boolean {
  return spawnSync(name, args, { stdio: 'ignore' }).status === 0
}

/** What a program printed on standard output. Fails with what it said when it ended badly. */
export async function output(
  program: string,
  args: string[],
  options: { cwd?: string; env?: { [name: string]: string } } = {},
): Promise<string> {
  const env = { ...process.env, ...options.env }
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...options, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${program} failed: ${error.message}\n${stdout}\n${stderr}`))
    })
  })
}

/** Whatever a sample calls that it does not define. */
export type Given = { [name: string]: unknown }

/**
 * Makes a function of JavaScript as a document prints it: what it needs is given by name, and `result` is an expression
 * for what the test wants to see of it afterwards.
 */
export async function sampleFunction(
  t: TestContext,
  sample: string,
  { needs, result }: { needs: string[]; result: string },
): Promise<(given: Given) => Promise<unknown>> {
  const file = join(await sampleFolder(t), 'sample.mjs')
  // Imports stand outside of any function.
  const imports = sample.match(/^import .*$/gm) ?? []
  const rest = sample.replaceAll(/^import .*$/gm, '')
  const text = `export const run = async ({ ${needs.join(', ')} }) => {\n${rest}\nreturn (${result})\n}\n`
  await writeFile(file, `${imports.join('\n')}\n${text}`)
  const { run }: { run: (given: Given) => Promise<unknown> } = await import(pathToFileURL(file).href)
  return run
}
