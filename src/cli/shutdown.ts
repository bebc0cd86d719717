import type { Clock } from '#domain'
import type { ExitCode } from './io.ts'

/** Longest time that a stop may take before the process ends anyway; what was acknowledged is on disk by then. */
export const DRAIN_DEADLINE_MS = 9_500
/** npm hands on a ^C that the terminal sent to the server too: what comes this soon is the same one. */
const SAME_SIGNAL_MS = 1_000

/** Where signals come from: `process`, or an emitter in tests. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

/** Resolves with the exit code once a signal has ended the server: 0 when it drained, 1 when a second ^C cut that short. */
export async function stopOnSignal(
  server: Promise<{ stop(): Promise<void> }>,
  { signals, clock, log }: { signals: SignalSource; clock: Clock; log: (message: string) => void },
): Promise<ExitCode> {
  const { promise: ended, resolve: end } = Promise.withResolvers<ExitCode>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  let firstAtMs: number | null = null

  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    if (firstAtMs === null) {
      firstAtMs = clock.monotonicMs()
      log(`${signal}: stopping`)
      clock.schedule(DRAIN_DEADLINE_MS, () => {
        log('stopping took too long: ending now')
        end(0)
      })
      ask()
    } else if (signal === 'SIGINT' && clock.monotonicMs() - firstAtMs > SAME_SIGNAL_MS) {
      log('second SIGINT: ending now')
      end(1)
    }
  }
  signals.on('SIGINT', () => onSignal('SIGINT'))
  signals.on('SIGTERM', () => onSignal('SIGTERM'))

  void asked
    .then(async () => (await server).stop())
    .then(
      () => end(0),
      (error: unknown) => {
        log(`stopping failed: ${String(error)}`)
        end(1)
      },
    )
  return await ended
}
