import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface Started {
  child: ChildProcess
  readyMs: number
  /** The line that said so. */
  line: string
}

/** What a server needs to run on a folder that `createMonitorsIn` has made. */
export function environmentOn(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: '0',
    STATUSAPP_DATA_DIR: folder,
    // The key that the folder was made with: 32 zero bytes.
    STATUSAPP_SECRET_KEY: 'A'.repeat(43),
    STATUSAPP_LOG_LEVEL: 'error',
  }
}

/** Resolves once a line of its output says ready. */
export async function start(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Started> {
  const startedMs = performance.now()
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('ready')) return { child, readyMs: performance.now() - startedMs, line }
  }
  throw new Error(`${command} ${args.join(' ')} ended before it was ready`)
}

export async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
