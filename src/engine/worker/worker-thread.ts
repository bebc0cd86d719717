import { Worker } from 'node:worker_threads'
import type { EngineLine, FromWorker } from '../protocol.ts'
import type { FromThread, ThreadSettings } from './thread-message.ts'

export interface WorkerThreadOptions extends ThreadSettings {
  /** One line for each fault of the worker's own. */
  log?: (message: string) => void
}

/** How the thread ended. */
export interface ThreadExit {
  /** True when `stop` ended it. */
  isExpected: boolean
  /** What it died of; null when it just ended. */
  error: Error | null
}

export interface WorkerThread {
  line: EngineLine
  /** Resolves when the worker listens; rejects when the thread ends before. */
  ready: Promise<void>
  /** Ends the thread at once; `drain` over the line comes before, for those who want an orderly end. */
  stop(): Promise<void>
  /** Told once, also when the thread has ended already. The owner starts another one when it was not expected. */
  onExit(listener: (exit: ThreadExit) => void): void
}

/**
 * Starts a region's worker in a thread with an event loop of its own, so that nothing that the server does can delay
 * a check or lengthen a response time.
 */
export function startWorkerThread({ log, ...settings }: WorkerThreadOptions): WorkerThread {
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    name: `worker ${settings.region}`,
    workerData: settings satisfies ThreadSettings,
  })
  const ready = Promise.withResolvers<void>()
  const exited = Promise.withResolvers<ThreadExit>()
  const early: FromWorker[] = []
  let listener: ((message: FromWorker) => void) | null = null
  let isExpected = false
  let error: Error | null = null

  thread.on('message', (message: FromThread) => {
    if (message.kind === 'ready') ready.resolve()
    else if (message.kind === 'log') log?.(message.message)
    else if (listener) listener(message)
    else early.push(message)
  })
  thread.on('error', (thrown) => {
    error = thrown instanceof Error ? thrown : new Error(String(thrown))
  })
  thread.on('exit', () => {
    exited.resolve({ isExpected, error })
    ready.reject(error ?? new Error('the worker thread ended before it was ready'))
  })
  // Who does not wait for it must not die of it: the exit is told by onExit as well.
  ready.promise.catch(() => {})

  async function stop(): Promise<void> {
    isExpected = true
    await thread.terminate()
  }

  return {
    line: {
      send: (message) => thread.postMessage(message),
      onMessage(newListener) {
        listener = newListener
        for (const message of early.splice(0)) newListener(message)
      },
      close: () => void stop(),
    },
    ready: ready.promise,
    stop,
    onExit: (onExit) => void exited.promise.then(onExit),
  }
}
