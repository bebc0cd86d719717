import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface CliRun {
  exitCode: number
  out: string
  err: string
}

/** Runs the real command line in a process of its own, as a user does. */
export function runCli(args: string[], env: { [name: string]: string } = {}): Promise<CliRun> {
  const root = join(import.meta.dirname, '../../..')
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['src/main.ts', ...args],
      { cwd: root, env: { ...process.env, ...env }, timeout: 20_000 },
      (error, out, err) => {
        const exitCode = error === null ? 0 : error.code
        if (typeof exitCode === 'number') resolve({ exitCode, out, err })
        else reject(error)
      },
    )
  })
}
