import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckReport, type Incident, type IncidentChange, idSource, UNTOUCHED } from '#domain'
import { buildMonitor, buildReport } from '#domain/kit'
import type { EngineBatch, NotificationChannel } from '#storage'
import { Book } from '../book.ts'
import { silentLog } from '../kit/silent-log.ts'
import { MaintenancePlan } from '../maintenance-plan.ts'
import { simulatedClock } from '../simulated-clock.ts'
import { Ingest, type IngestDeps } from './ingest.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')
const BY = { id: 'key_a', name: 'Ana' }
const resolve: IncidentChange = { kind: 'resolve', message: null, isPublic: null }

function channel(id: string, parts: Partial<NotificationChannel>): NotificationChannel {
  return {
    id,
    accountId: 'acc_aaaaaaaaaaaaaaaa',
    name: id,
    type: 'WEBHOOK',
    config: {},
    events: ['incident.created', 'incident.updated', 'incident.resolved'],
    allMonitors: true,
    isActive: true,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...parts,
  }
}

/** An ingest that has monitors `mon_a` and `mon_b` of two regions, and the first outage of `mon_a` on the way. */
async function setUp(channels: NotificationChannel[] = []) {
  const clock = simulatedClock({ startMs: START_MS })
  const book = new Book()
  const written: EngineBatch[] = []
  let bytes = 0
  const deps: IngestDeps = {
    book,
    channels: () => channels,
    regionsFor: () => ['eu', 'us', 'ap'],
    maintenance: new MaintenancePlan(() => undefined),
    newId: idSource((size) => Uint8Array.from({ length: size }, () => bytes++ % 250)),
    clock,
    log: silentLog,
    screen: (reports) => reports,
    committed: () => undefined,
    commit: async (batch) => void written.push(batch),
  }
  const ingest = new Ingest(deps)
  const settings = { confirmationChecks: 1, regionQuorum: 'any' as const }
  for (const id of ['mon_a', 'mon_b']) {
    ingest.push({
      kind: 'create',
      monitor: buildMonitor({ ...settings, notificationChannelIds: [`nc_${id}`] }, { id }),
    })
  }
  let second = 0
  const report = (status: 'UP' | 'DOWN', region = 'eu', monitorId = 'mon_a'): CheckReport =>
    buildReport(status, START_MS + ++second * 1_000, { monitorId, region })
  const check = (...reports: CheckReport[]) => {
    ingest.push({ kind: 'reports', reports, source: null })
    return clock.advanceBy(1_000)
  }
  const submit = async (input: Parameters<Ingest['submit']>[0]) => {
    const effect = ingest.submit(input)
    await clock.advanceBy(1_000)
    return effect
  }
  const change = (stored: Incident, wanted: IncidentChange, isSure = false) =>
    submit({ kind: 'change incident', stored, isSure, change: wanted, by: BY })
  const openOf = (id: string) => {
    const incident = book.get(id)?.openIncident
    assert.ok(incident)
    return incident
  }
  await check(report('DOWN'))
  return { clock, book, written, ingest, report, check, submit, change, openOf }
}

test('what people set and what the engine finds after it are both written, neither over the other', async () => {
  const { check, report, change, openOf, written } = await setUp()
  const read = openOf('mon_a')
  await check(report('DOWN', 'us'))
  // `read` knows nothing of the second region.
  await change(read, { kind: 'edit', edit: { severity: 'CRITICAL', title: 'The shop' } })
  await change(read, { kind: 'acknowledge' })
  await check(report('DOWN', 'ap'))
  const last = written.at(-1)?.incidents.changed[0]
  assert.deepEqual(
    [last?.severity, last?.title, last?.acknowledged?.by, last?.affectedRegions],
    ['CRITICAL', 'The shop', BY, ['ap', 'eu', 'us']],
  )
})

test('resolved by hand, the outage goes on without an incident; the next one has its own number', async () => {
  const { check, report, change, openOf, book, written } = await setUp()
  await change(openOf('mon_a'), resolve)
  const batch = written.at(-1)
  assert.deepEqual(
    [
      batch?.incidents.changed[0]?.resolution,
      batch?.events.map(({ event }) => event.name),
      batch?.incidentUpdates.length,
    ],
    ['manual', ['incident.resolved'], 1],
  )
  await check(report('DOWN'), report('DOWN', 'us'))
  assert.equal(book.get('mon_a')?.openIncident, null)
  await check(report('UP'), report('UP', 'us'), report('UP', 'ap'), report('DOWN'))
  assert.equal(openOf('mon_a').number, 2)
})

test('an incident that has ended since it was read is to be read again', async () => {
  const { check, report, change, openOf, written } = await setUp()
  const read = openOf('mon_a')
  await check(report('UP'))
  assert.equal(await change(read, resolve), 'stale')
  const ended = written.at(-1)?.incidents.changed[0]
  assert.equal(ended?.resolution, 'recovered')
  assert.ok(ended)
  const before = written.length
  assert.deepEqual(await change(ended, resolve, true), { incident: ended })
  assert.equal(written.length, before)
})

test('a recovery and a resolution by hand in the same moment end the incident once', async () => {
  const { clock, ingest, report, openOf, written } = await setUp()
  const stored = openOf('mon_a')
  ingest.push({ kind: 'change incident', stored, isSure: false, change: resolve, by: BY })
  ingest.push({ kind: 'reports', reports: [report('UP')], source: null })
  ingest.push({ kind: 'change incident', stored, isSure: false, change: resolve, by: BY })
  await clock.advanceBy(1_000)
  const names = written.at(-1)?.events.map(({ event }) => event.name)
  assert.deepEqual(
    names?.filter((name) => name === 'incident.resolved'),
    ['incident.resolved'],
  )
  assert.equal(written.at(-1)?.incidents.changed[0]?.resolution, 'manual')
})

test('an open incident that the engine does not know, read twice, can still be resolved', async () => {
  const { change, openOf, written } = await setUp()
  const orphan = { ...openOf('mon_a'), id: 'inc_orphan', monitorId: 'mon_gone' }
  assert.equal(await change(orphan, resolve), 'stale')
  await change(orphan, resolve, true)
  assert.equal(written.at(-1)?.incidents.changed[0]?.resolution, 'manual')
})

test('a change that is refused, and one that changes nothing, write nothing', async () => {
  const { check, report, change, written } = await setUp()
  await check(report('UP'))
  const over = written.at(-1)?.incidents.changed[0]
  assert.ok(over)
  const before = written.length
  assert.deepEqual(Object.keys(Object(await change(over, { kind: 'acknowledge' }))), ['refusal'])
  assert.deepEqual(await change(over, resolve), { incident: over })
  assert.equal(written.length, before)
})

test('an incident that people open goes to those who hear of any of its monitors', async () => {
  const channels = [
    channel('nc_all', {}),
    channel('nc_mon_b', { allMonitors: false }),
    channel('nc_other', { allMonitors: false }),
    channel('nc_quiet', { events: ['monitor.down'] }),
    channel('nc_foreign', { accountId: 'acc_bbbbbbbbbbbbbbbb' }),
  ]
  const { submit, openOf, written } = await setUp(channels)
  const open = (monitors: Incident['monitors']) =>
    submit({
      kind: 'open incident',
      incident: {
        ...openOf('mon_a'),
        ...UNTOUCHED,
        id: `inc_${monitors.length}`,
        monitorId: null,
        monitors,
        title: 'Slow',
      },
      message: 'We see it.',
      by: BY,
    })
  await open([{ id: 'mon_b', name: 'B' }])
  const [told] = written.at(-1)?.events ?? []
  assert.deepEqual(
    told?.deliveries.map(({ channelId }) => channelId),
    ['nc_all', 'nc_mon_b'],
  )
  assert.deepEqual([told?.event.name, told?.event.payload.monitor?.id], ['incident.created', 'mon_b'])
  assert.equal(told?.event.payload.incident?.incidentNumber, 'INC-00002')
  await open([])
  const [alone] = written.at(-1)?.events ?? []
  assert.deepEqual(
    alone?.deliveries.map(({ channelId }) => channelId),
    ['nc_all'],
  )
  assert.deepEqual([alone?.event.monitorId, alone?.event.payload.monitor], ['inc_0', null])
})

test('an incident that people open about a monitor leaves its own open one alone', async () => {
  const { submit, openOf, check, report, written } = await setUp()
  const own = openOf('mon_a')
  const monitors = [{ id: 'mon_a', name: 'A' }]
  const incident = { ...own, ...UNTOUCHED, id: 'inc_hand', monitorId: null, monitorName: null, monitors, title: 'Slow' }
  await submit({ kind: 'open incident', incident, message: 'We see it.', by: BY })
  assert.equal(openOf('mon_a').id, own.id)
  await check(report('UP'))
  assert.deepEqual(
    written.at(-1)?.incidents.changed.map(({ id, resolution }) => [id, resolution]),
    [[own.id, 'recovered']],
  )
})
