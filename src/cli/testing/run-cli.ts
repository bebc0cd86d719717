import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { runCommandLine } from '../program.ts'

export interface CliRun {
  exitCode: number
  out: string
  err: string
}

/** Runs one command in this process: quick, and all but the process itself is real. */
export async function runHere(args: string[], env: { [name: string]: string } = {}, input = ''): Promise<CliRun> {
  const run = { out: '', err: '' }
  const exitCode = await runCommandLine(args, {
    out: (line) => {
      run.out += `${line}\n`
    },
    err: (line) => {
      run.err += `${line}\n`
    },
    input: async () => input,
    env,
  })
  return { exitCode, ...run }
}

/** Runs the real command line in a process of its own, as a user does. */
export function runCli(args: string[], env: { [name: string]: string } = {}): Promise<CliRun> {
  const root = join(import.meta.dirname, '../../..')
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['src/main.ts', ...args],
      { cwd: root, env: { ...process.env, ...env }, timeout: 30_000 },
      (error, out, err) => {
        const exitCode = error === null ? 0 : error.code
        if (typeof exitCode === 'number') resolve({ exitCode, out, err })
        else reject(error)
      },
    )
  })
}
