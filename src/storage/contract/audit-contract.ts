import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEntry } from '../port.ts'
import { START_MS, unique } from './builders.ts'
import type { OpenFor } from './harness.ts'

/** The audit log. */
export function auditContract(open: OpenFor): void {
  test('an audit entry comes back as it was stored, after a restart too', async (t) => {
    const { store, reopen } = await open(t)
    const full = entryOf('acc_a')
    const bare = entryOf('acc_a', {
      atMs: START_MS + 1,
      actor: { type: 'system', id: null, name: 'StatusApp' },
      target: null,
      before: null,
      after: null,
      requestId: null,
      address: null,
    })
    await store.audit.add(full)
    await store.audit.add(bare)
    const again = await reopen()
    assert.deepEqual(await again.audit.list('acc_a', {}, { limit: 10, offset: 0 }), { rows: [bare, full], count: 2 })
    assert.deepEqual(await again.audit.list('acc_b', {}, { limit: 10, offset: 0 }), { rows: [], count: 0 })
  })

  test('the audit log is filtered by time, action, actor and target', async (t) => {
    const { store } = await open(t)
    const one = entryOf('acc_a')
    const two = entryOf('acc_a', {
      atMs: START_MS + 10,
      action: 'channel.deleted',
      actor: { type: 'key', id: 'key_b', name: 'b' },
      target: { type: 'channel', id: 'nc_b', name: 'b' },
    })
    await store.audit.add(one)
    await store.audit.add(two)
    const idsOf = async (filter: Parameters<typeof store.audit.list>[1]) =>
      (await store.audit.list('acc_a', filter, { limit: 10, offset: 0 })).rows.map(({ id }) => id)
    assert.deepEqual(await idsOf({ fromMs: START_MS + 10 }), [two.id])
    assert.deepEqual(await idsOf({ toMs: START_MS + 10 }), [one.id])
    assert.deepEqual(await idsOf({ action: 'channel.deleted' }), [two.id])
    assert.deepEqual(await idsOf({ actorId: 'key_a' }), [one.id])
    assert.deepEqual(await idsOf({ targetId: 'nc_b' }), [two.id])
    assert.deepEqual(await idsOf({ targetType: 'monitor' }), [one.id])
    assert.deepEqual(await idsOf({ targetType: 'monitor', actorId: 'key_b' }), [])
  })

  test('audit entries of one ms are paged newest first, without gap or repeat', async (t) => {
    const { store } = await open(t)
    const ids: string[] = []
    for (let n = 0; n < 7; n++) {
      const entry = entryOf('acc_a')
      ids.push(entry.id)
      await store.audit.add(entry)
    }
    const seen: string[] = []
    for (let offset = 0; offset < 7; offset += 3) {
      const page = await store.audit.list('acc_a', {}, { limit: 3, offset })
      assert.equal(page.count, 7)
      seen.push(...page.rows.map(({ id }) => id))
    }
    assert.deepEqual(seen, ids.toReversed())
  })

  test('old audit entries are dropped, a piece at a time, and young ones stay', async (t) => {
    const { store } = await open(t)
    for (let n = 0; n < 520; n++) await store.audit.add(entryOf('acc_a'))
    const young = entryOf('acc_b', { atMs: START_MS + 1 })
    await store.audit.add(young)
    assert.equal(await store.audit.dropOlder(START_MS + 1), true)
    assert.equal(await store.audit.dropOlder(START_MS + 1), false)
    assert.equal((await store.audit.list('acc_a', {}, { limit: 1, offset: 0 })).count, 0)
    assert.deepEqual((await store.audit.list('acc_b', {}, { limit: 1, offset: 0 })).rows, [young])
  })
}

function entryOf(accountId: string, parts: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: unique('aud'),
    accountId,
    atMs: START_MS,
    action: 'monitor.updated',
    actor: { type: 'key', id: 'key_a', name: 'ci' },
    target: { type: 'monitor', id: 'mon_a', name: 'A monitor' },
    before: { name: 'A', tags: ['x', 1, null] },
    after: { name: 'A monitor', tags: [] },
    requestId: 'req_a',
    address: '192.0.2.1',
    ...parts,
  }
}
