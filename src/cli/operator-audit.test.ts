import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData } from '../open-data.ts'
import { runHere } from './testing/run-cli.ts'
import { temporaryData } from './testing/temporary-data.ts'

test('what is changed on the command line stands in the audit log, what changes nothing does not', async (t) => {
  const env = await temporaryData(t)
  const { out: key } = await runHere(['keys', 'create', '--name', 'ci', '--permissions', 'read,admin'], env)
  const id = /key_[a-z0-9]{16}/.exec((await runHere(['keys', 'list'], env)).out)?.[0] ?? ''
  for (const args of [
    ['keys', 'revoke', id],
    ['keys', 'revoke', id],
    ['accounts', 'set-plan', 'default', 'FREE'],
    ['accounts', 'set-plan', 'default', 'FREE'],
    ['accounts', 'suspend', 'default'],
    ['accounts', 'resume', 'default'],
  ])
    assert.equal((await runHere(args, env)).exitCode, 0, args.join(' '))

  const { store } = await openData({ dataDir: env.STATUSAPP_DATA_DIR, secretKey: null })
  t.after(() => store.close())
  const account = (await store.accounts.first()) ?? assert.fail('no account')
  const { rows } = await store.audit.list(account.id, {}, { limit: 100, offset: 0 })
  assert.deepEqual(
    rows.map(({ action, before, after }) => ({ action, before, after })),
    [
      { action: 'account.updated', before: { accountStatus: 'suspended' }, after: { accountStatus: 'active' } },
      { action: 'account.updated', before: { accountStatus: 'active' }, after: { accountStatus: 'suspended' } },
      { action: 'account.updated', before: { plan: 'ENTERPRISE' }, after: { plan: 'FREE' } },
      { action: 'apiKey.revoked', before: { name: 'ci', permissions: ['read', 'admin'] }, after: null },
      {
        action: 'apiKey.created',
        before: null,
        after: { name: 'ci', permissions: ['read', 'admin'], expiresAt: null },
      },
    ],
  )
  assert.ok(rows.every(({ actor }) => actor.type === 'operator'))
  assert.ok(!JSON.stringify(rows).includes(key.trim()))
})
