import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHANNELS } from '#channels'
import { EnvironmentSchema } from '#config'
import { PROBES } from '#probes'
import { SECTIONS } from '../test/reference/index.ts'
import { printCoverage } from '../test/reference/print.ts'
import { clientFiles } from './client/files.ts'
import { fieldTable } from './field-table.ts'

interface Table {
  text: string
  /** Where it goes when no guide has a place for it yet, and under which words. */
  guide: string
  heading: string
  summary: string
}

/** The tables that the guide holds, by the name in their markers. */
function tables(): Map<string, Table> {
  const text = fieldTable(EnvironmentSchema, 'Setting')
  const found = new Map<string, Table>([['settings', { text, guide: 'settings.md', heading: 'Settings', summary: '' }]])
  for (const { type, summary, config } of PROBES) {
    const table = { text: fieldTable(config, 'Field'), guide: 'monitor-types.md', heading: type, summary }
    found.set(`monitor ${type}`, table)
  }
  for (const { type, summary, config } of CHANNELS) {
    const table = { text: fieldTable(config, 'Field'), guide: 'notification-channels.md', heading: type, summary }
    found.set(`channel ${type}`, table)
  }
  return found
}

const GUIDES = ['settings.md', 'monitor-types.md', 'notification-channels.md']
const BLOCK = /(<!-- table: (.+?) -->\n)[\s\S]*?(<!-- end -->)/g

/**
 * Each guide with tables, as it is and as it should be. A table without a place gets a section of its own at the end.
 * Throws when a place has no table.
 */
export function renderGuides(root: string): { path: string; current: string; wanted: string }[] {
  const left = tables()
  const known = new Map(left)
  const guides = GUIDES.map((name) => {
    const path = join(root, 'docs/guide', name)
    const current = readFileSync(path, 'utf8')
    const wanted = current.replaceAll(BLOCK, (_, open: string, table: string, close: string) => {
      const text = known.get(table)?.text
      if (text === undefined) throw new Error(`${path}: there is no table "${table}"`)
      left.delete(table)
      return `${open}${text}${close}`
    })
    return { path, current, wanted }
  })
  for (const [name, { text, guide, heading, summary }] of left) {
    const page = guides.find(({ path }) => path.endsWith(guide))
    if (page === undefined) throw new Error(`there is no guide ${guide}`)
    page.wanted += `\n## ${heading}\n\n${summary}\n\n<!-- table: ${name} -->\n${text}<!-- end -->\n`
  }
  return guides
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  for (const { path, current, wanted } of [...renderGuides(root), ...(await clientFiles(root))]) {
    if (current !== wanted) writeFileSync(path, wanted)
  }
  writeFileSync(join(root, 'docs/reference-coverage.md'), printCoverage(SECTIONS))
}
