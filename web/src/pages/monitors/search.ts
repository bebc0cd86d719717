import type { MonitorRow } from '#client'
import { locale } from '../../format/locale.ts'

/** What needs to be seen comes first. */
const ORDER: readonly MonitorRow['status'][] = ['DOWN', 'DEGRADED', 'PENDING', 'MAINTENANCE', 'UP', 'PAUSED']
const byName = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })

/** Whether each word is in the name, the address or a tag. */
export function matches({ name, url, tags }: MonitorRow, words: string): boolean {
  const text = [name, url ?? '', ...tags].join('\n').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** By status, then by name. */
export function sorted(monitors: MonitorRow[]): MonitorRow[] {
  return monitors.toSorted(
    (a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || byName.compare(a.name, b.name),
  )
}
