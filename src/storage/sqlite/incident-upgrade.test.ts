import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { createCore } from '../migrations/0001-core.ts'
import { createIncidents } from '../migrations/0005-incidents.ts'
import { incidentRepository } from '../repositories/incidents.ts'
import type { Tables } from '../schema.ts'
import { sqliteDialect } from './dialect.ts'

const AUTO_KEY = 'integer primary key autoincrement'
const DAY_MS = 86_400_000

test('incidents from before people could work on them are counted, found and as they were', async (t) => {
  const connection = new DatabaseSync(':memory:')
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection).dialect })
  t.after(() => db.destroy())
  await createCore(db, AUTO_KEY)
  const insert = connection.prepare(
    `insert into incident (id, account_id, monitor_id, monitor_name, number, started_at, resolved_at, resolution, severity,
       root_cause, root_cause_category, affected_regions_json, checks_failed, checks_total, evidence_json)
     values (?, ?, ?, 'Shop', ?, ?, ?, ?, ?, 'connection refused', 'CONNECTION_REFUSED', '["eu"]', 3, 3, 'null')`,
  )
  for (let n = 0; n < 40; n++) {
    const isOpen = n === 39
    const startedAtMs = n * DAY_MS
    const id = `inc_${String(n).padStart(16, '0')}`
    const ended = isOpen ? [null, null] : [startedAtMs + 1, 'recovered']
    insert.run(id, 'acc_a', n % 2 === 0 ? 'mon_a' : 'mon_b', n + 1, startedAtMs, ...ended, n === 3 ? 'LOW' : 'HIGH')
  }
  await createIncidents(db, AUTO_KEY)

  const incidents = incidentRepository(db)
  const page = { limit: 1, offset: 0 }
  const count = async (filter: object) => (await incidents.list('acc_a', { status: 'all', ...filter }, page)).count
  assert.deepEqual(
    [
      await count({}),
      await count({ status: 'active' }),
      await count({ monitorId: 'mon_a' }),
      await count({ severity: 'LOW' }),
    ],
    [40, 1, 20, 1],
  )
  assert.deepEqual([await count({ search: 'refused' }), await count({ search: 'INC-00007' })], [40, 1])
  assert.equal(await count({ acknowledged: true }), 0)
  const [newest] = (await incidents.list('acc_a', { status: 'resolved' }, page)).rows
  assert.deepEqual([newest?.number, newest?.stage, newest?.isPublic, newest?.title], [39, 'resolved', true, null])
  assert.equal((await incidents.loadOpen()).length, 1)
  assert.throws(
    () => insert.run('inc_x', 'acc_a', 'mon_b', 99, 1, null, null, 'HIGH'),
    /UNIQUE/,
    'a monitor still has at most one open outage',
  )
})
