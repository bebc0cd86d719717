import { type Assignment, type EngineLine, startWorkerThread } from '#engine'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, type Row } from './row.ts'

const CHECKS = 20
const ALLOWED_MB = 20
const LOOK_MS = 5

/** With a keyword, so that the body is read, decoded and searched. */
const ASSIGNMENT = {
  version: 1,
  type: 'WEBSITE',
  config: { keyword: 'never there' },
  intervalMs: 60_000,
  timeoutMs: 3_000,
  degradedThresholdMs: null,
  upsideDown: false,
  immediate: false,
  missedAtMs: null,
} satisfies Omit<Assignment, 'monitorId' | 'url'>

/** How much memory a worker's checks of endless bodies and of decompression bombs take, over what one harmless check has taken. */
export async function benchBodies(_: BenchOptions): Promise<Row[]> {
  const target = new Partner('./hostile-target.ts')
  const thread = startWorkerThread({ region: 'local', userAgent: 'StatusApp/bench', allowPrivateTargets: true })
  try {
    await thread.ready
    const check = asker(thread.line)
    const url = `http://127.0.0.1:${await target.ask<number>()}`
    const rows: Row[] = []
    for (const [name, path] of [
      ['an endless body', '/endless'],
      ['60 KB that inflate to 60 MB', '/bomb'],
    ] as const) {
      await check(`${url}/slow/0`)
      rows.push(
        atMost(ALLOWED_MB, `${CHECKS} checks of ${name}: more memory`, await peakMb(() => check(url + path)), 'MB'),
      )
    }
    return rows
  } finally {
    await thread.stop()
    await target.stop()
  }
}

/** Asks a worker as the engine does for "check now". */
function asker(line: EngineLine): (url: string) => Promise<void> {
  const waiting = new Map<number, () => void>()
  let askId = 0
  line.onMessage((message) => {
    if (message.kind === 'answer') waiting.get(message.askId)?.()
  })
  return (url) =>
    new Promise((resolve) => {
      waiting.set(++askId, resolve)
      line.send({ kind: 'ask', askId, assignment: { ...ASSIGNMENT, monitorId: `mon_${askId}`, url } })
    })
}

async function peakMb(once: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss()
  let most = before
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, LOOK_MS)
  for (let n = 0; n < CHECKS; n++) await once()
  clearInterval(look)
  return (Math.max(most, process.memoryUsage.rss()) - before) / 1_048_576
}
