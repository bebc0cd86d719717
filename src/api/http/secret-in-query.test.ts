import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { pino } from 'pino'
import { apiRig } from '../testing/api-rig.ts'
import { loggedPath } from './secret-in-query.ts'

test('a logged path has no query and no token of a link', () => {
  assert.equal(loggedPath('/api/v1/monitors?search=x', '/api/v1/monitors'), '/api/v1/monitors')
  assert.equal(loggedPath('/api/v1/nothing?x=1', undefined), '/api/v1/nothing')
  const route = '/api/v1/invitations/:token/accept'
  assert.equal(loggedPath('/api/v1/invitations/abc/accept', route), route)
  assert.equal(loggedPath(`/invitations/${'T'.repeat(43)}`, undefined), '/invitations/…')
  assert.equal(loggedPath(`/invitations/${'T'.repeat(43)}/acept`, undefined), '/invitations/…/acept')
})

test('a logged path shows no key and no secret of a heartbeat', () => {
  assert.equal(
    loggedPath('/api/v1/monitors/sk_live_abc123', '/api/v1/monitors/:monitorId'),
    '/api/v1/monitors/sk_live_…',
  )
  const secret = `hb_${'a1'.repeat(20)}`
  assert.equal(
    loggedPath(`/api/v1/heartbeat/${secret}/fail`, '/api/v1/heartbeat/:capability/fail'),
    '/api/v1/heartbeat/hb_…/fail',
  )
  assert.equal(
    loggedPath('/api/v1/heartbeat/mon_4f7k2p9x1c8w5z3a', undefined),
    '/api/v1/heartbeat/mon_4f7k2p9x1c8w5z3a',
  )
})

test('the log never shows the token of an invitation', async (t) => {
  let logged = ''
  const stream = new Writable({
    write(chunk, _encoding, callback) {
      logged += String(chunk)
      callback()
    },
  })
  const rig = await apiRig(t, { deps: { log: pino({ level: 'trace' }, stream) } })
  const token = 'T'.repeat(43)
  assert.equal((await rig.askOpen('GET', `/invitations/${token}`)).status, 404)
  assert.match(logged, /"path":"\/api\/v1\/invitations\/:token"/)
  assert.equal(logged.includes(token), false)
})
