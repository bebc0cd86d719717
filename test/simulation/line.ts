import type { EngineLine, FromWorker, SimulatedClock, ToWorker, WorkerLine } from '#engine'
import type { ProcessView } from './process-view.ts'

/** One end: who listens there, and in which process. */
interface End<Message> {
  view: ProcessView
  listener: ((message: Message) => void) | null
  early: Message[]
}

/**
 * A connection between the engine and a worker. While it is held, messages wait and arrive afterwards, in order; once
 * severed, what was on its way is lost.
 */
export interface Connection {
  engine: EngineLine
  /** Holds every message until so many ms from now. */
  hold(ms: number): void
  sever(): void
}

/** The worker's end outlives connections: what it sends while there is none is lost. */
export interface WorkerPort {
  line: WorkerLine
  connect(engineView: ProcessView): Connection
}

export function workerPort(clock: SimulatedClock, workerView: ProcessView, travelMs: () => number): WorkerPort {
  const workerEnd: End<ToWorker> = { view: workerView, listener: null, early: [] }
  let send: ((message: FromWorker) => void) | null = null
  return {
    line: {
      send: (message) => send?.(message),
      onMessage: (listener) => listen(workerEnd, listener),
      close: () => {
        send = null
      },
    },
    connect(engineView) {
      const engineEnd: End<FromWorker> = { view: engineView, listener: null, early: [] }
      let heldUntilMs = 0
      let isSevered = false
      const way = <Message>(end: End<Message>) => {
        let lastArrivalMs = 0
        const waiting: Message[] = []
        return (message: Message) => {
          if (isSevered) return
          const nowMs = clock.monotonicMs()
          waiting.push(message)
          lastArrivalMs = Math.max(lastArrivalMs, heldUntilMs, nowMs + travelMs())
          clock.schedule(lastArrivalMs - nowMs, arrive)
        }
        function arrive(): void {
          // A hold that began while messages were on their way keeps them too.
          const waitMs = heldUntilMs - clock.monotonicMs()
          if (waitMs > 0) {
            clock.schedule(waitMs, arrive)
            return
          }
          const next = waiting.shift()
          if (next === undefined || isSevered) return
          end.view.run(() => {
            if (!isSevered) take(end, next)
          })
        }
      }
      const toEngine = way(engineEnd)
      const toWorker = way(workerEnd)
      send = toEngine
      return {
        engine: {
          send: (message) => {
            if (engineView.isAlive()) toWorker(message)
          },
          onMessage: (listener) => listen(engineEnd, listener),
          close: () => undefined,
        },
        hold(ms) {
          heldUntilMs = Math.max(heldUntilMs, clock.monotonicMs() + ms)
        },
        sever() {
          isSevered = true
          if (send === toEngine) send = null
        },
      }
    },
  }
}

function listen<Message>(end: End<Message>, listener: (message: Message) => void): void {
  end.listener = listener
  for (const message of end.early.splice(0)) listener(message)
}

function take<Message>(end: End<Message>, message: Message): void {
  if (end.listener === null) end.early.push(message)
  else end.listener(message)
}
