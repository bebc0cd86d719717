import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHANNELS } from '#channels'
import { EnvironmentSchema } from '#config'
import { PROBES } from '#probes'
import { fieldTable } from './field-table.ts'

/** The tables that the guide holds, by the name in their markers. */
function tables(): Map<string, string> {
  const found = new Map<string, string>([['settings', fieldTable(EnvironmentSchema, 'Setting')]])
  for (const probe of PROBES) found.set(`monitor ${probe.type}`, fieldTable(probe.config, 'Field'))
  for (const channel of CHANNELS) found.set(`channel ${channel.type}`, fieldTable(channel.config, 'Field'))
  return found
}

const GUIDES = ['settings.md', 'monitor-types.md', 'notification-channels.md']
const BLOCK = /(<!-- table: (.+?) -->\n)[\s\S]*?(<!-- end -->)/g

/** Each guide with tables, as it is and as it should be. Throws when a table has no place, or a place no table. */
export function renderGuides(root: string): { path: string; current: string; wanted: string }[] {
  const left = tables()
  const known = new Map(left)
  const guides = GUIDES.map((name) => {
    const path = join(root, 'docs/guide', name)
    const current = readFileSync(path, 'utf8')
    const wanted = current.replaceAll(BLOCK, (_, open: string, table: string, close: string) => {
      const text = known.get(table)
      if (text === undefined) throw new Error(`${path}: there is no table "${table}"`)
      left.delete(table)
      return `${open}${text}${close}`
    })
    return { path, current, wanted }
  })
  if (left.size > 0) throw new Error(`no guide has a place for: ${[...left.keys()].join(', ')}`)
  return guides
}

if (import.meta.main) {
  for (const { path, current, wanted } of renderGuides(join(import.meta.dirname, '..'))) {
    if (current !== wanted) writeFileSync(path, wanted)
  }
}
