import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { BENCHMARKS } from './benchmarks.ts'
import { Partner } from './partner.ts'
import type { Row } from './row.ts'
import { tableOf } from './table.ts'

const README = new URL('README.md', import.meta.url)
const BEGIN = '<!-- figures: written by npm run bench -->'
const END = '<!-- end of figures -->'

/** Runs benchmarks one after the other, each in a process of its own, and keeps the figures of a whole run in the readme. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
    },
  })
  const { only, quick } = values
  const unknown = only?.find((name) => !(name in BENCHMARKS))
  if (unknown !== undefined) {
    throw new Error(`--only ${unknown}: expected one of ${Object.keys(BENCHMARKS).join(', ')}`)
  }
  const parts: string[] = []
  let targets = 0
  let met = 0
  let broken = 0
  for (const [name, { title }] of Object.entries(BENCHMARKS)) {
    if (only !== undefined && !only.includes(name)) continue
    console.log(`\n${title} (--only ${name})`)
    const rows = await run(name, quick).catch((error: unknown) => {
      console.error(`${name} could not be measured: ${String(error)}`)
      return null
    })
    if (rows === null) {
      broken++
      continue
    }
    const table = tableOf(rows)
    console.log(table)
    parts.push(`### ${title}\n\n\`npm run bench -- --only ${name}\`\n\n${table}`)
    targets += rows.filter((row) => row.met !== null).length
    met += rows.filter((row) => row.met === true).length
  }
  console.log(`\n${met} of ${targets} targets met`)
  if (broken > 0) {
    console.error(`${broken} could not be measured, so bench/README.md stays as it is`)
    process.exitCode = 1
    return
  }
  if (only !== undefined || quick) {
    console.log('bench/README.md is written by a whole run only: without --only and --quick')
    return
  }
  await keep(`${machine()}\n\n${met} of ${targets} targets met.\n\n${parts.join('\n\n')}`)
  console.log('written to bench/README.md')
}

async function run(name: string, quick: boolean): Promise<Row[]> {
  const child = new Partner('./child.ts', quick ? [name, 'quick'] : [name])
  try {
    return await child.ask<Row[]>()
  } finally {
    await child.stop()
  }
}

function machine(): string {
  const [first] = cpus()
  const gib = (totalmem() / 2 ** 30).toFixed(1)
  const date = new Date().toISOString().slice(0, 10)
  return `Taken on ${date}: ${first?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${gib} GiB of memory, ${process.platform} ${process.arch}, Node ${process.version}.`
}

/** Puts the figures between the markers; what is written around them stays. */
async function keep(figures: string): Promise<void> {
  const before = await readFile(README, 'utf8')
  const begin = before.indexOf(BEGIN)
  const end = before.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`bench/README.md has lost its markers ${BEGIN} and ${END}`)
  await writeFile(README, `${before.slice(0, begin)}${BEGIN}\n\n${figures}\n\n${before.slice(end)}`)
}

await main()
