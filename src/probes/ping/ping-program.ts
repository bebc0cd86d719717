import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failure } from '../net/failure.ts'
import { noWayToPing, unmeasured } from './ping-words.ts'
import { type PingText, readPingOutput } from './read-ping-output.ts'

export interface ProgramRun {
  /** A literal address: no name reaches the program. */
  address: string
  packets: number
  dataBytes: number
  /** The program ends by itself before that. */
  timeoutMs: number
  signal: AbortSignal
  /** Why no socket was used. */
  because: string
}

export type ProgramAnswer = PingText & {
  isAlive: boolean
  /** What the text says where it says other than the exit status. */
  contradiction: string | null
}

interface Ended {
  /** Null when it did not run to its end. */
  status: number | null
  isMissing: boolean
  stdout: string
  stderr: string
}

const INTERVAL_S = 0.2
const OUTPUT_BYTES = 65_536

/**
 * Asks the system's `ping`. Its exit status decides whether the target lives, its text only adds figures: it may be
 * in any language. A Failure when it could not measure.
 */
export async function runPingProgram(run: ProgramRun): Promise<ProgramAnswer | Failure> {
  const ended = await execute(run, ['-i', String(INTERVAL_S)])
  // A small ping (BusyBox) may not know the option, and then says nothing but how it is used.
  const isRefused = ended.status !== null && ended.status !== 0 && ended.stdout.trim() === ''
  return answerOf(isRefused && !run.signal.aborted ? await execute(run, []) : ended, run)
}

/** Whether there is a `ping` to fall back on. */
export function hasPingProgram(path = process.env['PATH'] ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'ping'), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function execute({ address, packets, dataBytes, timeoutMs, signal }: ProgramRun, pace: string[]): Promise<Ended> {
  const waitS = Math.max(1, Math.floor(timeoutMs / 1_000 - packets * INTERVAL_S))
  const args = ['-n', '-c', String(packets), '-s', String(dataBytes), '-W', String(waitS), ...pace, '--', address]
  const options = {
    env: { ...process.env, LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C' },
    maxBuffer: OUTPUT_BYTES,
    // Told to stop, it still sums up. Node takes whole numbers only here.
    timeout: Math.ceil(timeoutMs),
    killSignal: 'SIGINT',
    signal,
  } as const
  return new Promise((resolve) => {
    const child = execFile('ping', args, options, (error, stdout, stderr) => {
      clearTimeout(stubborn)
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      resolve({ status, isMissing: error?.code === 'ENOENT', stdout, stderr })
    })
    const stubborn = setTimeout(() => child.kill('SIGKILL'), timeoutMs + 100)
  })
}

function answerOf({ status, isMissing, stdout, stderr }: Ended, run: ProgramRun): ProgramAnswer | Failure {
  if (run.signal.aborted) return unmeasured('the check was called off while the ping program ran')
  if (isMissing) return unmeasured(noWayToPing(run.because))
  const text = readPingOutput(stdout)
  const heard = text.received === null ? null : text.received > 0
  if (status === 0) {
    const contradiction = heard === false ? contradictionOf(status, text) : null
    return { ...text, isAlive: true, contradiction }
  }
  // 2 is what BSD systems say for silence; elsewhere it is a fault, and then there are no counts.
  const isSilence = (status === 1 && stdout.trim() !== '') || (status === 2 && heard === false && text.sent !== 0)
  if (isSilence)
    return { ...text, isAlive: false, contradiction: heard === true ? contradictionOf(status, text) : null }
  const words = firstLine(stderr) ?? firstLine(stdout) ?? 'it says nothing'
  if (/unreachable/i.test(words)) {
    const sentence = `no route from this machine to ${run.address} (the ping program says: ${words})`
    return new Failure({ sentence, category: 'INFRASTRUCTURE', localFault: true })
  }
  const how = status === null ? 'did not end' : `ended with status ${status}`
  return unmeasured(`ping can't be measured from here: ${run.because}, and the ping program ${how} (${words})`)
}

function contradictionOf(status: number, { sent, received }: PingText): string {
  return `the ping program ended with status ${status} but its text says ${received} of ${sent} received`
}

function firstLine(text: string): string | null {
  const line = text.split('\n').find((each) => each.trim() !== '')
  return line === undefined ? null : line.trim().slice(0, 200)
}
