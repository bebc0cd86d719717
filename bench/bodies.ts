import { realClock } from '#engine'
import { runProbe, targetPolicy } from '#probes'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, type Row } from './row.ts'

const CHECKS = 20
const ALLOWED_MB = 20
const LOOK_MS = 5

/** How much memory checks of endless bodies and of decompression bombs take, over what one harmless check has taken. */
export async function benchBodies(_: BenchOptions): Promise<Row[]> {
  const target = new Partner('./hostile-target.ts')
  try {
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
    await target.stop()
  }
}

/** With a keyword, so that the body is read, decoded and searched. */
async function check(url: string): Promise<void> {
  await runProbe(
    { type: 'WEBSITE', url, config: { keyword: 'never there' }, timeoutMs: 3_000 },
    {
      clock: realClock,
      targets: targetPolicy({ allowPrivate: true }),
      userAgent: 'StatusApp/bench',
      onFault: (error) => {
        throw error
      },
    },
  )
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
