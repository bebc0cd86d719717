import { isWatched } from '#domain'
import type { IncidentSummary, Store } from '#storage'
import type { Facts } from './facts.ts'
import type { Job } from './job.ts'
import type { Committed, Mirror } from './mirror.ts'
import type { DeliveryRules } from './rules/delivery-rules.ts'
import { checkIncidentTimes } from './rules/span-rules.ts'
import type { Server } from './server.ts'

export interface End {
  mirror: Mirror
  deliveries: DeliveryRules
  facts: Facts
  jobs: ReadonlyMap<string, Job>
  server: Server
}

/** After everything has calmed down: every status is the truth, and everything that was to be told is told. */
export function isSettled({ mirror, deliveries, jobs, server }: End): boolean {
  if (server.engine === null || deliveries.pending().length > 0) return false
  return [...mirror.monitors.values()].every((entry) =>
    isTrue(entry, jobs, server.engine?.state(entry.monitor.id)?.status),
  )
}

/** Says what is not as it should be, and compares the store with what was seen to be committed. */
export async function checkEnd(end: End, store: Store): Promise<void> {
  const { mirror, deliveries, jobs, facts, server } = end
  const { violate } = facts
  for (const told of deliveries.pending()) {
    violate('8', told.monitorId, `${told.eventId} (${told.name}) was never told to ${told.channelId}`)
  }
  for (const entry of mirror.monitors.values()) {
    const status = server.engine?.state(entry.monitor.id)?.status
    if (!isTrue(entry, jobs, status)) violate('end', entry.monitor.id, `in the end it is ${status}`)
    checkIncidentTimes(facts, entry)
    await compare(facts, entry, store)
  }
  const stored = await store.monitors.loadAll()
  if (stored.length !== mirror.monitors.size) {
    violate('8', 'world', `${stored.length} monitors are stored, ${mirror.monitors.size} were`)
  }
  for (const { monitor, state } of stored) {
    const entry = mirror.get(monitor.id)
    if (monitor.version !== entry?.monitor.version || state?.status !== entry.state?.status) {
      violate('8', monitor.id, `stored at version ${monitor.version} as ${state?.status}`)
    }
  }
}

function isTrue({ monitor, open }: Committed, jobs: ReadonlyMap<string, Job>, status: string | undefined): boolean {
  if (!isWatched(monitor)) return status === 'PAUSED' && open === null
  if (monitor.type === 'CRON' && !jobs.has(monitor.id)) return true
  return status === 'UP' && open === null
}

async function compare({ violate }: Facts, entry: Committed, store: Store): Promise<void> {
  const { id, accountId } = entry.monitor
  const page = { limit: 10_000, offset: 0 }
  const incidents = await store.incidents.list(accountId, { monitorId: id, status: 'all' }, page)
  const ends = (list: readonly IncidentSummary[]) =>
    list
      .map((one) => `${one.id} ${one.resolvedAtMs} ${one.severity} ${one.title} ${one.acknowledged?.atMs}`)
      .sort()
      .join('\n')
  const found = incidents.rows.filter(({ monitorId }) => monitorId !== null)
  if (ends(found) !== ends(entry.incidents)) violate('8', id, 'the stored incidents are not those that were seen')
  const beats = await store.heartbeats.list(id, { limit: 1, offset: 0 })
  if (beats.count !== entry.beats) violate('8', id, `${beats.count} heartbeats are stored, ${entry.beats} were seen`)
  const spans = await store.spans.list(id, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })
  if (spans.length !== entry.ended.length)
    violate('spans', id, `${spans.length} spans stored, ${entry.ended.length} seen`)
}
