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

/** Runs benchmarks one after the other, each in a process of its own, and keeps their figures in the readme. */
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
  const sections = new Map<string, string>()
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
    sections.set(title, `### ${title}\n\n\`npm run bench -- --only ${name}\`, taken on ${today()}\n\n${table}`)
    targets += rows.filter((row) => row.met !== null).length
    met += rows.filter((row) => row.met === true).length
  }
  console.log(`\n${met} of ${targets} targets met`)
  if (broken > 0) process.exitCode = 1
  if (quick) {
    console.log('bench/README.md is not written by a run with --quick')
    return
  }
  await keep(sections)
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

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function machine(): string {
  const [first] = cpus()
  const gib = (totalmem() / 2 ** 30).toFixed(1)
  return `${first?.model.trim() ?? 'Unknown processor'}, ${availableParallelism()} cores, ${gib} GiB of memory, ${process.platform} ${process.arch}, Node ${process.version}.`
}

/** Puts the sections between the markers, each in its place; those that were not taken anew stay, as does all around. */
async function keep(sections: ReadonlyMap<string, string>): Promise<void> {
  const before = await readFile(README, 'utf8')
  const begin = before.indexOf(BEGIN)
  const end = before.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`bench/README.md has lost its markers ${BEGIN} and ${END}`)
  const kept = before.slice(begin, end).split(/\n(?=### )/)
  const all = Object.values(BENCHMARKS).flatMap(({ title }) => {
    const old = kept.find((section) => section.startsWith(`### ${title}\n`))?.trim()
    return sections.get(title) ?? old ?? []
  })
  await writeFile(
    README,
    `${before.slice(0, begin)}${BEGIN}\n\n${[machine(), ...all].join('\n\n')}\n\n${before.slice(end)}`,
  )
}

await main()
