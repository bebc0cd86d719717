import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Incident, UNTOUCHED } from '#domain'
import { emptyBatch } from '#storage'
import { type ApiRig, apiRig, START_MS } from '../testing/api-rig.ts'

async function seed(rig: ApiRig, all: Partial<Incident>[]): Promise<Incident[]> {
  const monitor = (await rig.ask('POST', '/monitors', { name: 'Production API', url: 'https://a.example' })).body
  const opened = all.map(
    (more, at): Incident => ({
      ...UNTOUCHED,
      id: rig.newId('inc'),
      accountId: rig.account.id,
      monitorId: monitor.id,
      monitorName: 'Production API',
      number: at + 1,
      startedAtMs: START_MS,
      resolvedAtMs: null,
      resolution: null,
      severity: 'HIGH',
      rootCause: 'Database connection timeout',
      rootCauseCategory: 'DATABASE_ISSUE',
      affectedRegions: ['us-east-1', 'us-west-2'],
      checksFailed: 3,
      checksTotal: 3,
      evidence: { statusCode: 500 },
      ...more,
    }),
  )
  for (const incident of opened) {
    const { resolvedAtMs, resolution, ...open } = incident
    const first = { ...open, resolvedAtMs: null, resolution: null }
    await rig.store.commit({ ...emptyBatch(START_MS), incidents: { opened: [first], changed: [] } })
    if (resolvedAtMs !== null)
      await rig.store.commit({ ...emptyBatch(START_MS), incidents: { opened: [], changed: [incident] } })
  }
  return opened
}

test('a resolved incident has its duration as mttr, an open one runs', async (t) => {
  const rig = await apiRig(t)
  const resolved = {
    startedAtMs: START_MS - 1_800_000,
    resolvedAtMs: START_MS - 900_000,
    resolution: 'recovered' as const,
  }
  const [first, open] = await seed(rig, [resolved, { startedAtMs: START_MS - 60_000 }])
  const { body } = await rig.ask('GET', `/incidents/${first?.id}`)
  assert.deepEqual(body, {
    id: first?.id,
    incidentNumber: 'INC-00001',
    title: 'Production API is down',
    monitorId: first?.monitorId,
    monitorName: 'Production API',
    monitors: [{ id: first?.monitorId, name: 'Production API', status: 'UP' }],
    startedAt: '2025-01-21T10:00:00Z',
    resolvedAt: '2025-01-21T10:15:00Z',
    duration: 900,
    isResolved: true,
    isManual: false,
    isPublic: true,
    stage: 'investigating',
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignee: null,
    openedBy: null,
    resolvedBy: null,
    postMortem: null,
    updates: [],
    severity: 'HIGH',
    status: 'resolved',
    rootCause: 'Database connection timeout',
    rootCauseCategory: 'DATABASE_ISSUE',
    affectedRegions: ['us-east-1', 'us-west-2'],
    checksFailed: 3,
    checksTotal: 3,
    mttr: 900,
    resolution: 'recovered',
    evidence: { statusCode: 500 },
  })
  await rig.clock.advanceBy(5_000)
  const running = (await rig.ask('GET', `/incidents/${open?.id}`)).body
  assert.deepEqual(
    [running.status, running['duration'], running['mttr'], running['resolvedAt'], running['incidentNumber']],
    ['active', 65, null, null, 'INC-00002'],
  )
})

test('the list filters by status, monitor and time, newest first', async (t) => {
  const rig = await apiRig(t)
  const [old, open] = await seed(rig, [
    { startedAtMs: START_MS - 7_200_000, resolvedAtMs: START_MS - 7_100_000, resolution: 'recovered' },
    { startedAtMs: START_MS - 60_000 },
  ])
  const ids = async (query: string): Promise<string[]> => {
    const answer = await rig.ask('GET', `/incidents${query}`)
    assert.equal(answer.status, 200, query)
    const parsed: { incidents: { id: string }[]; count: number } = JSON.parse(answer.text)
    assert.equal(parsed.count, parsed.incidents.length)
    return parsed.incidents.map(({ id }) => id)
  }
  assert.deepEqual(await ids(''), [open?.id, old?.id])
  assert.deepEqual(await ids('?status=all'), [open?.id, old?.id])
  assert.deepEqual(await ids('?status=active'), [open?.id])
  assert.deepEqual(await ids('?status=open'), [open?.id])
  assert.deepEqual(await ids('?status=resolved'), [old?.id])
  assert.deepEqual(await ids(`?monitorId=${old?.monitorId}&status=resolved`), [old?.id])
  assert.deepEqual(await ids('?monitorId=mon_abc123'), [])
  assert.deepEqual(await ids('?from=2025-01-21T09:00:00Z'), [open?.id])
  assert.deepEqual(await ids('?to=2025-01-21T09:00:00Z'), [old?.id])
  assert.deepEqual(await ids('?from=2025-01-21T08:00:00%2B00:00&to=2025-01-22'), [open?.id, old?.id])
  for (const query of ['status=broken', 'from=soon', 'from=2025-02-30T00:00:00', 'from=2025-02-01&to=2025-01-01'])
    assert.equal((await rig.ask('GET', `/incidents?${query}`)).status, 400, query)
})

test("an unknown incident and another account's are 404", async (t) => {
  const rig = await apiRig(t)
  const [incident] = await seed(rig, [{}])
  const other = await rig.newKey(await rig.newAccount())
  const asked = await rig.askOpen('GET', `/incidents/${incident?.id}`, undefined, { 'x-api-key': other })
  assert.equal(asked.status, 404)
  assert.equal((await rig.ask('GET', '/incidents/inc_xyz789')).status, 404)
})
