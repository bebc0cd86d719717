import {
  type CheckReport,
  decideCover,
  decideEndedCheck,
  isCoverNews,
  isOfEndedMaintenance,
  isWatched,
  noteMissedMaintenance,
} from '#domain'
import type { Entry } from '../book.ts'
import type { BatchDraft } from './batch-draft.ts'
import type { Input } from './input.ts'

/** Of a window that is stored, so many monitors follow in the same transaction; the others in the next ones. */
const TOGETHER_MAX = 250

/** The entry once the maintenance that has begun or ended by now is taken in, so that what comes is judged by it. */
export function upToDate(draft: BatchDraft, entry: Entry): Entry {
  if (!isWatched(entry.monitor)) return entry
  const cover = draft.coverOf(entry.monitor)
  if (!isCoverNews(entry.state, cover)) return entry
  draft.apply(entry, decideCover(entry.state, cover, draft.contextOf(entry)), null)
  return draft.get(entry.monitor.id) ?? entry
}

export function settleMaintenance(draft: BatchDraft, monitorId: string): void {
  const entry = draft.get(monitorId)
  if (entry !== undefined) upToDate(draft, entry)
}

export function takeWindow(draft: BatchDraft, { window }: Extract<Input, { kind: 'window' }>): void {
  for (const monitorId of draft.saveWindow(window).slice(0, TOGETHER_MAX)) settleMaintenance(draft, monitorId)
}

export function takeMaintenance(draft: BatchDraft, input: Extract<Input, { kind: 'maintenance' }>): void {
  draft.noteMoved(input.windowIds)
  for (const monitorId of input.monitorIds) {
    const isCovered = (draft.get(monitorId)?.state.maintenance ?? null) !== null
    // What was missed lies after what ran before it, and before what runs now.
    if (input.missed === null || isCovered) settleMaintenance(draft, monitorId)
    const entry = draft.get(monitorId)
    if (entry === undefined || input.missed === null) continue
    draft.apply(entry, noteMissedMaintenance(entry.state, input.missed, draft.contextOf(entry)), null)
  }
}

/** A failure from within maintenance that is over by now is kept, and looked at again. False: decide on it. */
export function setAside(draft: BatchDraft, entry: Entry, report: CheckReport): boolean {
  const context = draft.contextOf(entry)
  if (!isOfEndedMaintenance(entry.state, report, context.nowMs)) return false
  draft.apply(entry, decideEndedCheck(entry.state, report, context), report.region)
  return true
}
