import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Incident, type IncidentUpdate, ROOT_CAUSE_CATEGORIES, SEVERITIES } from '#domain'
import { buildMonitor } from '#domain/kit'
import type { IncidentFilter, Store } from '../port.ts'
import { batch, DAY_MS, incidentOf, monitorOf, newAccount, START_MS, unique, watched } from './builders.ts'
import type { OpenFor } from './harness.ts'

const PAGE = { limit: 100, offset: 0 }
const BY = { id: 'key_a', name: 'ci' }

/** An incident that people opened about these monitors. */
function openedByHand(accountId: string, parts: Partial<Incident>): Incident {
  const nobodys = {
    monitorId: null,
    monitorName: null,
    affectedRegions: [],
    checksFailed: 0,
    checksTotal: 0,
    evidence: null,
  }
  return { ...incidentOf(buildMonitor({}, { accountId })), ...nobodys, title: 'By hand', openedBy: BY, ...parts }
}

function updateOf(incidentId: string, parts: Partial<IncidentUpdate> = {}): IncidentUpdate {
  return {
    id: unique('upd'),
    incidentId,
    atMs: START_MS,
    status: 'identified',
    message: 'It is the cache.\n"Really"',
    isPublic: false,
    by: BY,
    ...parts,
  }
}

/** Lists and their counts, timelines, and what people add to incidents. */
export function incidentListsContract(open: OpenFor): void {
  test('what people add to an incident comes back as it was stored', async (t) => {
    const { store, reopen } = await open(t)
    const { account, monitor } = await watched(store)
    const incident = incidentOf(monitor)
    await store.commit(batch({ incidents: { opened: [incident], changed: [] } }))
    const changed: Incident = {
      ...incident,
      title: 'The shop',
      stage: 'resolved',
      isPublic: false,
      severity: 'LOW',
      found: { severity: 'HIGH', rootCause: 'x' },
      revision: 3,
      acknowledged: { atMs: START_MS + 5, by: BY },
      resolvedAtMs: START_MS + 9,
      resolution: 'manual',
      resolvedBy: BY,
      assignee: 'ana@example.com',
      postMortem: '# Why\n“Because”',
    }
    await store.commit(batch({ incidents: { opened: [], changed: [changed] } }))
    const again = await reopen()
    assert.deepEqual(await again.incidents.get(account.id, incident.id), changed)
    const { evidence: _, postMortem: __, ...summary } = changed
    assert.deepEqual((await again.incidents.list(account.id, { status: 'all' }, PAGE)).rows, [summary])
  })

  test('a timeline comes back oldest first, each to its own incident', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const [one, two] = [openedByHand(account.id, { number: 1 }), openedByHand(account.id, { number: 2 })]
    const updates = [updateOf(one.id), updateOf(two.id), updateOf(one.id, { by: null, status: 'resolved' })]
    await store.commit(batch({ incidents: { opened: [one, two], changed: [] }, incidentUpdates: updates }))
    assert.deepEqual(await store.incidents.updates(one.id), [updates[0], updates[2]])
    assert.deepEqual(await store.incidents.updates('inc_none'), [])
  })

  test('people may open several about a monitor that has its own open one; only that one is for the engine', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const monitors = [{ id: monitor.id, name: 'A' }]
    const own = incidentOf(monitor)
    const opened = [own, ...[2, 3].map((number) => openedByHand(account.id, { number, monitors }))]
    await store.commit(batch({ incidents: { opened, changed: [] } }))
    assert.deepEqual(await store.incidents.loadOpen(), [own])
    const listed = await store.incidents.list(account.id, { status: 'active', monitorId: monitor.id }, PAGE)
    assert.equal(listed.count, 3)
    assert.deepEqual(await store.incidents.get(account.id, opened[1]?.id ?? ''), opened[1])
  })

  test('a deleted incident is gone with its timeline, from every list and count', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const monitors = [{ id: monitor.id, name: 'A' }]
    const [gone, stays] = [1, 2].map((number) => openedByHand(account.id, { number, monitors }))
    assert.ok(gone && stays)
    const incidentUpdates = [updateOf(gone.id), updateOf(stays.id)]
    await store.commit(batch({ incidents: { opened: [gone, stays], changed: [] }, incidentUpdates }))
    await store.commit(batch({ incidentsDeleted: [gone.id, 'inc_none'] }))
    assert.equal(await store.incidents.get(account.id, gone.id), null)
    assert.deepEqual(await store.incidents.updates(gone.id), [])
    assert.equal((await store.incidents.updates(stays.id)).length, 1)
    for (const filter of [{}, { monitorId: monitor.id }]) {
      const { rows, count } = await store.incidents.list(account.id, { status: 'all', ...filter }, PAGE)
      assert.deepEqual([rows.map(({ id }) => id), count], [[stays.id], 1])
    }
    assert.equal((await store.incidents.lastNumbers()).get(account.id), 2)
  })

  test("another account's monitor lists nothing, not even a count", async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const other = await newAccount(store)
    await store.commit(batch({ incidents: { opened: [incidentOf(monitor)], changed: [] } }))
    const listed = await store.incidents.list(other.id, { status: 'all', monitorId: monitor.id }, PAGE)
    assert.deepEqual(listed, { rows: [], count: 0 })
  })

  test('lists and counts agree with a plain list, whatever the history, filter and page', async (t) => {
    const { store } = await open(t)
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.array(look, { maxLength: 12 }),
        (steps, looks) => compare(store, steps, looks),
      ),
      { numRuns: 25 },
    )
  })
}

/** Opens an incident (by the engine or by hand), or does something to the one at that place. */
const step = fc.record({
  kind: fc.constantFrom('engine', 'engine', 'hand', 'resolve', 'acknowledge', 'severity', 'delete'),
  place: fc.nat(20),
  monitor: fc.nat(2),
  // Close together and far apart, so that there are buckets of many and many buckets.
  startedAtMs: fc
    .oneof(
      fc.nat(3),
      fc.nat(90 * DAY_MS),
      fc.nat(90).map((days) => days * DAY_MS),
    )
    .map((ms) => START_MS + ms),
  severity: fc.constantFrom(...SEVERITIES),
  category: fc.constantFrom(...ROOT_CAUSE_CATEGORIES.slice(0, 3)),
})
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const look = fc.record({
  status: fc.constantFrom('active' as const, 'resolved' as const, 'all' as const),
  monitor: maybe(fc.nat(2)),
  severity: maybe(fc.constantFrom(...SEVERITIES)),
  rootCauseCategory: maybe(fc.constantFrom(...ROOT_CAUSE_CATEGORIES.slice(0, 3))),
  acknowledged: maybe(fc.boolean()),
  search: maybe(fc.constantFrom('hand', 'REFUSED', 'inc-0000', '%')),
  fromMs: maybe(fc.nat(90 * DAY_MS).map((ms) => START_MS + ms)),
  toMs: maybe(fc.nat(90 * DAY_MS).map((ms) => START_MS + ms)),
  limit: fc.integer({ min: 1, max: 8 }),
  offset: fc.nat(12),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never
type Look = typeof look extends fc.Arbitrary<infer Value> ? Value : never

async function compare(store: Store, steps: Step[], looks: Look[]): Promise<void> {
  const account = await newAccount(store)
  const monitors = [
    await monitorOf(store, account.id),
    await monitorOf(store, account.id),
    await monitorOf(store, account.id),
  ]
  await store.commit(batch({ monitors: { created: monitors, changed: [], deleted: [] } }))
  const plain: Incident[] = []
  let number = 0
  for (const { kind, place, monitor: at, startedAtMs, severity, category } of steps) {
    const monitor = monitors[at]
    const known = plain[place % Math.max(1, plain.length)]
    if (monitor === undefined) continue
    if (kind === 'engine' || kind === 'hand') {
      const isOpen = kind === 'hand' || plain.some((one) => one.monitorId === monitor.id && one.resolvedAtMs === null)
      const facts = { number: ++number, startedAtMs, severity, rootCauseCategory: category }
      const opened =
        kind === 'engine'
          ? incidentOf(monitor, { ...facts, resolvedAtMs: isOpen ? startedAtMs + 1 : null })
          : openedByHand(account.id, { ...facts, monitors: monitors.slice(at).map(({ id }) => ({ id, name: 'M' })) })
      plain.push(opened)
      await store.commit(batch({ incidents: { opened: [opened], changed: [] } }))
    } else if (known !== undefined && kind === 'delete') {
      plain.splice(plain.indexOf(known), 1)
      await store.commit(batch({ incidentsDeleted: [known.id] }))
    } else if (known !== undefined) {
      const changed: Incident = {
        ...known,
        ...(kind === 'resolve' && { resolvedAtMs: known.startedAtMs + 5 }),
        ...(kind === 'acknowledge' && { acknowledged: { atMs: START_MS, by: BY } }),
        ...(kind === 'severity' && { severity }),
      }
      plain[plain.indexOf(known)] = changed
      await store.commit(batch({ incidents: { opened: [], changed: [changed] } }))
    }
  }
  for (const { monitor, limit, offset, ...rest } of looks) {
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    const monitorId = monitor === undefined ? undefined : monitors[monitor]?.id
    const filter: IncidentFilter = { ...given, status: rest.status, ...(monitorId !== undefined && { monitorId }) }
    const found = await store.incidents.list(account.id, filter, { limit, offset })
    const expected = plain.filter((one) => matches(one, filter)).sort(newestFirst)
    assert.equal(found.count, expected.length)
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
    assert.deepEqual(ids(found.rows), ids(expected.slice(offset, offset + limit)))
  }
}

function matches(incident: Incident, filter: IncidentFilter): boolean {
  const { status, monitorId, severity, rootCauseCategory, acknowledged, search, fromMs, toMs } = filter
  const isOpen = incident.resolvedAtMs === null
  const isOf = incident.monitorId === monitorId || incident.monitors.some(({ id }) => id === monitorId)
  const text = `${incident.title ?? ''} ${incident.rootCause} INC-0000${incident.number}`.toLowerCase()
  return (
    (status === 'all' || (status === 'active') === isOpen) &&
    (monitorId === undefined || isOf) &&
    (severity === undefined || incident.severity === severity) &&
    (rootCauseCategory === undefined || incident.rootCauseCategory === rootCauseCategory) &&
    (acknowledged === undefined || acknowledged === (incident.acknowledged !== null)) &&
    (search === undefined || text.includes(search.toLowerCase())) &&
    incident.startedAtMs >= (fromMs ?? 0) &&
    incident.startedAtMs < (toMs ?? Number.POSITIVE_INFINITY)
  )
}

function newestFirst(a: Incident, b: Incident): number {
  return b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1)
}
