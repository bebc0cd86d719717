import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runHere } from './testing/run-cli.ts'
import { temporaryData } from './testing/temporary-data.ts'

test('an account is made, listed, put on another plan, suspended and resumed', async (t) => {
  const env = await temporaryData(t)
  const made = await runHere(['accounts', 'create', '--name', 'Acme', '--plan', 'starter'], env)
  assert.match(made.out, /^acc_[a-z0-9]{16}\n$/)
  const id = made.out.trim()

  const planned = await runHere(['accounts', 'set-plan', 'default', 'BUSINESS'], env)
  assert.deepEqual(planned, { exitCode: 0, out: '', err: `${id} (Acme) is on BUSINESS now.\n` })
  await runHere(['accounts', 'suspend', id], env)
  const suspended = await runHere(['accounts', 'list', '--json'], env)
  const [account] = JSON.parse(suspended.out).accounts
  assert.deepEqual(
    { id: account.id, name: account.name, plan: account.plan, accountStatus: account.accountStatus },
    { id, name: 'Acme', plan: 'BUSINESS', accountStatus: 'suspended' },
  )
  await runHere(['accounts', 'resume', id], env)
  const resumed = await runHere(['accounts', 'list'], env)
  assert.match(resumed.out, new RegExp(`^ID +NAME +PLAN +STATE +CREATED\\n${id} +Acme +BUSINESS +active +\\d{4}-`))
})

test('an unknown account is exit code 1, an unknown plan 2', async (t) => {
  const env = await temporaryData(t)
  const first = await runHere(['accounts', 'suspend', 'default'], env)
  assert.deepEqual(first, {
    exitCode: 1,
    out: '',
    err: 'There is no account yet. `keys create` makes the first one.\n',
  })
  assert.equal((await runHere(['accounts', 'suspend', 'acc_nix'], env)).exitCode, 1)
  assert.equal((await runHere(['accounts', 'set-plan', 'default', 'GOLD'], env)).exitCode, 2)
})

test('migrate makes the database and says so on standard error', async (t) => {
  const run = await runHere(['migrate'], await temporaryData(t))
  assert.deepEqual(run, { exitCode: 0, out: '', err: 'The database has the shape of this version.\n' })
})
