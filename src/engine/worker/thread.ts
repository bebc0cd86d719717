import { parentPort, workerData } from 'node:worker_threads'
import { runProbe, targetPolicy } from '#probes'
import { realClock } from '../clock.ts'
import type { Assignment, ToWorker } from '../protocol.ts'
import { createWorker } from './region-worker.ts'
import type { FromThread, ThreadSettings } from './thread-message.ts'

/**
 * The entry of a worker thread: a region's worker with the real probes, on an event loop of its own. Messages are
 * structured clones as they are: sending and receiving take about 2 µs a result each, so no leaner form is worth it.
 */
function main(port: NonNullable<typeof parentPort>, settings: ThreadSettings): void {
  const { region, userAgent } = settings
  let targets = targetPolicy({ allowPrivate: settings.allowPrivateTargets })
  const say = (message: FromThread) => port.postMessage(message)
  const log = (message: string) => say({ kind: 'log', message })
  const onFault = (error: Error) => log(error.stack ?? error.message)

  createWorker({
    line: {
      send: say,
      onMessage: (listener) => port.on('message', (message: ToWorker) => listener(message)),
      close: () => port.close(),
    },
    clock: realClock,
    region,
    log,
    onSettings({ allowPrivateTargets }) {
      targets = targetPolicy({ allowPrivate: allowPrivateTargets })
    },
    check: ({ type, url, config, timeoutMs }: Assignment, signal) =>
      runProbe({ type, url, config, timeoutMs }, { clock: realClock, targets, userAgent, signal, onFault }),
  })
  say({ kind: 'ready' })
}

if (parentPort) main(parentPort, workerData)
