import type { FromWorker } from '../protocol.ts'

/** What a worker thread is given when it starts. */
export interface ThreadSettings {
  region: string
  allowPrivateTargets: boolean
  /** Sent as User-Agent by checks whose monitor sets none. */
  userAgent: string
}

/** What the thread says beside the protocol: that it listens, and a line for its owner's log. */
export type FromThread = FromWorker | { kind: 'ready' } | { kind: 'log'; message: string }
