import type { Clock, Timer } from '#domain'
import { Failure } from './failure.ts'

/**
 * One end over everything that a check does. Each step says what it does and how it is stopped; when the time is up
 * or the signal aborts, the running step is stopped with the reason, and every later one at once.
 */
export class Deadline {
  /** What the check is doing: `while waiting for headers`. */
  phase = 'before it began'
  failure: Failure | null = null
  readonly timeoutMs: number
  readonly #signal: AbortSignal
  readonly #timer: Timer
  #stop: ((failure: Failure) => void) | null = null

  constructor(clock: Clock, signal: AbortSignal, timeoutMs: number) {
    this.timeoutMs = timeoutMs
    this.#signal = signal
    this.#timer = clock.schedule(timeoutMs, () => this.#expire())
    if (signal.aborted) this.handleEvent()
    else signal.addEventListener('abort', this)
  }

  /** Begins a step. `stop` is called at most once, and not after the next `begin` or `close`. */
  begin(phase: string, stop: (failure: Failure) => void): void {
    this.phase = phase
    this.#stop = stop
    if (this.failure !== null) this.#end(this.failure)
  }

  /** The signal's listener. */
  handleEvent(): void {
    this.#end(
      new Failure({ sentence: `the check was called off ${this.phase}`, category: 'UNKNOWN', unmeasured: true }),
    )
  }

  /** Lets go of the timer and the signal. */
  close(): void {
    this.#stop = null
    this.#timer.cancel()
    this.#signal.removeEventListener('abort', this)
  }

  #expire(): void {
    const sentence = `timed out after ${this.timeoutMs} ms ${this.phase}`
    this.#end(new Failure({ sentence, category: 'NETWORK_TIMEOUT' }))
  }

  #end(failure: Failure): void {
    this.failure = failure
    const stop = this.#stop
    this.#stop = null
    stop?.(failure)
  }
}
