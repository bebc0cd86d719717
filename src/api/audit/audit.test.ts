import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatedClock } from '#engine'
import { type AuditEntry, StorageError } from '#storage'
import { apiRig } from '../testing/api-rig.ts'
import { auditLog } from './audit.ts'

test('the audit log tells who changed what, from where and in which request', async (t) => {
  const rig = await apiRig(t)
  const { store, clock, newId } = rig
  const { record } = auditLog({ store, clock, newId })
  const request = await requestOf(rig)
  await record(request, {
    action: 'monitor.updated',
    target: { type: 'monitor', id: 'mon_a', name: 'A' },
    before: { name: 'A', interval: 60 },
    after: { name: 'B', interval: 60 },
  })
  const { body } = await rig.ask('GET', '/audit-log')
  assert.equal(body.count, 1)
  assert.equal(body.hasMore, false)
  const [entry] = body['entries'] as { [name: string]: unknown }[]
  assert.match(String(entry?.['id']), /^aud_[a-z0-9]{16}$/)
  assert.deepEqual(
    { ...entry, id: '' },
    {
      id: '',
      at: '2025-01-21T10:30:00Z',
      action: 'monitor.updated',
      actor: { type: 'key', id: 'key_a', name: 'ci' },
      target: { type: 'monitor', id: 'mon_a', name: 'A' },
      before: { name: 'A' },
      after: { name: 'B' },
      requestId: 'req-1',
      address: '192.0.2.7',
    },
  )
})

test('the audit log is filtered, paged, and its own account’s alone', async (t) => {
  const rig = await apiRig(t)
  const { record } = auditLog(rig)
  const request = await requestOf(rig)
  for (const [n, action] of ['a.made', 'b.made', 'a.gone'].entries()) {
    await record(request, { action, target: { type: action.slice(0, 1), id: `id_${n}`, name: null } })
    await rig.clock.advanceBy(1_000)
  }
  const actions = async (query: string) => {
    const { body } = await rig.ask('GET', `/audit-log?${query}`)
    return (body['entries'] as { action: string }[]).map(({ action }) => action)
  }
  assert.deepEqual(await actions(''), ['a.gone', 'b.made', 'a.made'])
  assert.deepEqual(await actions('action=a.made'), ['a.made'])
  assert.deepEqual(await actions('target=a'), ['a.gone', 'a.made'])
  assert.deepEqual(await actions('target=id_1'), ['b.made'])
  assert.deepEqual(await actions('actor=key_a'), ['a.gone', 'b.made', 'a.made'])
  assert.deepEqual(await actions('actor=key_b'), [])
  assert.deepEqual(await actions('from=2025-01-21T10:30:01Z&to=2025-01-21T10:30:02Z'), ['b.made'])
  assert.deepEqual(await actions('limit=1&page=2'), ['b.made'])
  const other = await rig.newKey(await rig.newAccount())
  assert.equal((await rig.askOpen('GET', '/audit-log', undefined, { 'x-api-key': other })).body.count, 0)
  const reader = await rig.newKey(rig.account, ['read', 'write', 'delete'])
  assert.equal((await rig.askOpen('GET', '/audit-log', undefined, { 'x-api-key': reader })).status, 403)
})

test('an entry that can’t be stored fails nothing, and is stored as soon as it can', async (t) => {
  const rig = await apiRig(t)
  const clock = simulatedClock({ startMs: 0 })
  const stored: AuditEntry[] = []
  const logged: string[] = []
  let isBusy = true
  const audit = {
    ...rig.store.audit,
    async add(entry: AuditEntry) {
      if (isBusy) throw new StorageError('busy', 'locked')
      stored.push(entry)
    },
  }
  const log = auditLog({ store: { audit }, clock, newId: rig.newId, log: { error: (_, text) => logged.push(text) } })
  const request = await requestOf(rig)
  await log.record(request, { action: 'a.made' })
  await clock.advanceBy(6_000)
  assert.deepEqual(stored, [])
  isBusy = false
  await clock.advanceBy(5_000)
  assert.deepEqual(
    stored.map(({ action }) => action),
    ['a.made'],
  )
  isBusy = true
  await log.record(request, { action: 'b.made' })
  isBusy = false
  await log.close()
  assert.deepEqual(
    stored.map(({ action }) => action),
    ['a.made', 'b.made'],
  )
  assert.equal(logged.length, 2)
})

/** A request as a hook has seen it: by a key of the rig's account. */
async function requestOf(rig: Awaited<ReturnType<typeof apiRig>>) {
  const key = {
    id: 'key_a',
    accountId: rig.account.id,
    name: 'ci',
    prefix: 'sk_live_aaaa',
    hash: 'f'.repeat(64),
    permissions: [],
    createdAtMs: 0,
    expiresAtMs: null,
    revokedAtMs: null,
    lastUsedAtMs: null,
    createdBy: null,
  }
  const caller = { kind: 'key' as const, account: rig.account, permissions: [], key, role: null, userId: null }
  return { id: 'req-1', ip: '192.0.2.7', caller }
}
