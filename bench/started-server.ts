import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

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

/** A server that answers at an origin, and the headers with a key of it. */
export interface KeyedServer extends Started {
  origin: string
  headers: { 'x-api-key': string }
}

/** Starts a server on a folder that `createMonitorsIn` has made, with a key that may read and write. */
export async function startWithKey(folder: string): Promise<KeyedServer> {
  const env = environmentOn(folder)
  const made = ['src/main.ts', 'keys', 'create', '--name', 'bench', '--permissions', 'read,write']
  const { stdout: key } = await promisify(execFile)(process.execPath, made, { cwd: ROOT, env })
  const started = await start('node', ['src/main.ts', 'serve'], env)
  return { ...started, origin: originOf(started), headers: { 'x-api-key': key.trim() } }
}

/** The address in the line that said ready. */
export function originOf({ line }: Pick<Started, 'line'>): string {
  return /http:\/\/[\w.:]+/.exec(line)?.[0] ?? ''
}
