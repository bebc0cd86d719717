import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StorageError } from '#storage'
import { apiRig } from '../testing/api-rig.ts'

test('a fault of ours is a 500 with a request id, and says nothing of its insides', async (t) => {
  const rig = await apiRig(t)
  rig.engine.state = () => {
    throw new Error('SELECT secret FROM table; at /secret/path.ts:1')
  }
  await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' }, { prefer: 'respond-async' })
  const failed = await rig.ask('GET', '/monitors')
  assert.equal(failed.status, 500)
  assert.equal(failed.body.code, 'INTERNAL_SERVER_ERROR')
  assert.equal(failed.body['requestId'], failed.headers.get('x-request-id'))
  assert.doesNotMatch(failed.text, /SELECT|secret|\.ts/)
})

test('a store that is busy or full is a 500 to retry, a conflict a 409', async (t) => {
  const rig = await apiRig(t)
  const failWith = (reason: 'busy' | 'full' | 'conflict' | 'broken') => {
    rig.engine.createMonitor = () => Promise.reject(new StorageError(reason, 'SQLITE_SOMETHING in INSERT INTO monitor'))
    return rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  }
  for (const reason of ['busy', 'full'] as const) {
    const failed = await failWith(reason)
    assert.equal(failed.status, 500)
    assert.equal(failed.headers.get('retry-after'), '5')
    assert.doesNotMatch(failed.text, /SQL|INSERT/)
  }
  assert.equal((await failWith('broken')).headers.get('retry-after'), null)
  assert.equal((await failWith('conflict')).status, 409)
})

test('health is ok while everything is, and 503 when a part is not', async (t) => {
  const rig = await apiRig(t)
  const well = await rig.askOpen('GET', '/health')
  assert.equal(well.status, 200)
  assert.deepEqual(well.body, {
    status: 'ok',
    version: '1.2.3',
    timestamp: '2025-01-21T10:30:00Z',
    checks: { database: 'ok', scheduler: 'ok', notifier: 'ok' },
  })
  rig.engine.problems = { scheduler: 'monitors are overdue', notifier: null }
  assert.equal((await rig.askOpen('GET', '/health')).status, 503)
  rig.engine.problems = { scheduler: null, notifier: null }
  rig.store.checkWritable = () => Promise.reject(new StorageError('full', 'disk full'))
  const ill = await rig.askOpen('GET', '/health')
  assert.equal(ill.status, 503)
  assert.equal(ill.body.status, 'unhealthy')
  assert.equal(ill.body.checks['database'], 'cannot be written')
})

test('a database that does not answer is unhealthy after two seconds, not silent for ever', async (t) => {
  const rig = await apiRig(t)
  rig.store.checkWritable = () => new Promise(() => undefined)
  const asked = rig.askOpen('GET', '/health')
  while (rig.clock.pending() === 0) await new Promise(setImmediate)
  await rig.clock.advanceBy(2_000)
  assert.equal((await asked).status, 503)
})
