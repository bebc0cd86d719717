import type { Clock } from '#domain'
import type { EngineLine, FromWorker, Line, ToWorker, WorkerLine } from '../protocol.ts'

export interface DirectLineOptions {
  clock: Clock
  /** How long a message travels; none by default. Messages never overtake each other. */
  travelMs?: (message: ToWorker | FromWorker) => number
}

/**
 * Both ends of a line within one process, for tests and simulation. A message arrives in a later turn of the clock, as
 * over a port, and its order and time depend on nothing but the clock. Values are shared, not copied.
 */
export function directLine({ clock, travelMs = () => 0 }: DirectLineOptions): {
  engine: EngineLine
  worker: WorkerLine
} {
  const toWorker = oneWay<ToWorker>(clock, travelMs)
  const toEngine = oneWay<FromWorker>(clock, travelMs)
  const close = () => {
    toWorker.close()
    toEngine.close()
  }
  return {
    engine: { send: toWorker.send, onMessage: toEngine.onMessage, close },
    worker: { send: toEngine.send, onMessage: toWorker.onMessage, close },
  }
}

function oneWay<Message>(
  clock: Clock,
  travelMs: (message: Message) => number,
): Pick<Line<Message, Message>, 'send' | 'onMessage' | 'close'> {
  const arrived: Message[] = []
  let listener: ((message: Message) => void) | null = null
  let isClosed = false
  let lastArrivalMs = 0

  /** What comes before anyone listens waits. */
  function deliver(): void {
    while (listener && !isClosed) {
      const message = arrived.shift()
      if (message === undefined) return
      listener(message)
    }
  }

  return {
    send(message) {
      if (isClosed) return
      const nowMs = clock.monotonicMs()
      lastArrivalMs = Math.max(lastArrivalMs, nowMs + travelMs(message))
      clock.schedule(lastArrivalMs - nowMs, () => {
        arrived.push(message)
        deliver()
      })
    },
    onMessage(newListener) {
      listener = newListener
      clock.schedule(0, deliver)
    },
    close() {
      isClosed = true
    },
  }
}
