import { statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { openConnection, setBusyTimeout } from './connection.ts'
import type { FromWalWorker, ToWalWorker, WalWorkerData } from './wal-keeper.ts'

/** How often the log is looked at. */
const LOOK_MS = 500
const OPENING_TIMEOUT_MS = 5_000

const { path, startBytes } = workerData as WalWorkerData
const port = parentPort
if (port === null) throw new Error('this file runs as a worker thread')

const checkpointer = openConnection(path, OPENING_TIMEOUT_MS)
const reader = openConnection(path, OPENING_TIMEOUT_MS)
// Whoever is in the way goes first; the next look tries again.
for (const connection of [checkpointer, reader]) setBusyTimeout(connection, 0)
const touch = checkpointer.prepare('update writable set stamp = stamp + 1 where id = 1')
let waiting = false

const send = (message: FromWalWorker) => port.postMessage(message)
const timer = setInterval(look, LOOK_MS)

port.on('message', (message: ToWalWorker) => {
  if (message === 'go') finish()
  if (message !== 'stop') return
  clearInterval(timer)
  reader.close()
  checkpointer.close()
  port.close()
})

/** Copies most of the log while writers go on, then asks for a moment of quiet. */
function look(): void {
  if (waiting) return
  try {
    if (walBytes() < startBytes) return
    // As long as somebody reads from the log, no writer starts it anew. Starting it costs an fsync, which must not fall
    // on a commit.
    reader.exec('begin')
    reader.prepare('select stamp from writable').get()
    checkpointer.exec('pragma wal_checkpoint(passive)')
  } catch {
    // Somebody else is at it, or the disk is full; the next look tries again.
    release()
    return
  }
  waiting = true
  send('full')
}

/** Nobody writes now: copies the rest, cuts the log to nothing, and starts it anew. */
function finish(): void {
  release()
  try {
    const [outcome] = checkpointer.prepare('pragma wal_checkpoint(truncate)').all()
    if (outcome?.['busy'] === 0) touch.run()
  } catch {
    // As above.
  }
  waiting = false
  send('done')
}

function release(): void {
  if (reader.isTransaction) reader.exec('rollback')
}

function walBytes(): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
