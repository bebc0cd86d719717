import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/main.ts')

/** A server started as a user starts it, on a data folder of its own. */
export interface RunningServer {
  url: string
  process: ChildProcess
  /** What it wrote to standard output so far. */
  printed: string[]
  /** And to standard error. */
  told: string[]
}

/** A data folder, and whatever runs on it. */
export class Installation {
  readonly dataDir: string
  readonly #started: ChildProcess[] = []

  private constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  static async make(): Promise<Installation> {
    return new Installation(await mkdtemp(join(tmpdir(), 'statusapp-')))
  }

  environment(extra: { [name: string]: string } = {}): NodeJS.ProcessEnv {
    return { ...process.env, STATUSAPP_DATA_DIR: this.dataDir, STATUSAPP_LOG_LEVEL: 'warn', PORT: '0', ...extra }
  }

  /** Starts `serve` and waits until it says that it is ready. */
  async serve(extra: { [name: string]: string } = {}): Promise<RunningServer> {
    const child = spawn(process.execPath, [MAIN, 'serve'], {
      env: this.environment(extra),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#started.push(child)
    const printed: string[] = []
    const told: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => {
      told.push(line)
      process.stderr.write(`${line}\n`)
    })
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`serve ended with ${code} before it was ready`)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        printed.push(line)
        const ready = /^StatusApp is ready at (http\S+)$/.exec(line)
        if (ready?.[1] !== undefined) resolve(ready[1])
      })
    })
    return { url, process: child, printed, told }
  }

  /** Runs a command of the command line; answers what it printed on standard output. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env: this.environment() })
    return stdout
  }

  async remove(): Promise<void> {
    for (const child of this.#started) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    await rm(this.dataDir, { recursive: true, force: true })
  }
}

/** Ends the server as a power cut would, between two instructions. */
export async function killHard({ process: child }: RunningServer): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Ends the server in order; answers its exit code. */
export async function terminate({ process: child }: RunningServer): Promise<number | null> {
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : null
}
