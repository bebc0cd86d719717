import { randomBytes } from 'node:crypto'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { idSource, PLANS, type Plan } from '#domain'
import type { Account, Store } from '#storage'
import type { CliIo } from './io.ts'
import { auditOperator } from './operator-audit.ts'
import { isoTime, tableLines, tableTime } from './table.ts'
import { accountNamed, withStore } from './with-store.ts'

const ID = ['<id>', 'acc_… as `accounts list` shows it; "default" is the first account'] as const

/** `accounts list|create|set-plan|suspend|resume` */
export function accountsCommand(io: CliIo): Command {
  const accounts = new Command('accounts').description('Accounts: list, create, change plan, suspend, resume')
  accounts
    .command('list')
    .description('List all accounts, oldest first')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) => listAccounts(io, options))
  accounts
    .command('create')
    .description('Make an account and print its id')
    .requiredOption('--name <name>', '1 to 200 characters', readName)
    .addOption(new Option('--plan <plan>', 'what it may use').argParser(readPlan).default('FREE' satisfies Plan))
    .action((options: { name: string; plan: Plan }) => createAccount(io, options))
  accounts
    .command('set-plan')
    .description('Put an account on another plan; a running server follows within 15 seconds')
    .argument(...ID)
    .addArgument(new Argument('<plan>', PLANS.join(', ')).argParser(readPlan))
    .action((id: string, plan: Plan) => setPlan(io, id, plan))
  accounts
    .command('suspend')
    .description("Refuse an account's API requests")
    .argument(...ID)
    .action((id: string) => setSuspended(io, id, true))
  accounts
    .command('resume')
    .description("Accept a suspended account's API requests again")
    .argument(...ID)
    .action((id: string) => setSuspended(io, id, false))
  return accounts
}

function readName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 200) throw new InvalidArgumentError('Expected 1 to 200 characters.')
  return name
}

function readPlan(text: string): Plan {
  const plan = PLANS.find((each) => each === text.toUpperCase())
  if (plan === undefined) throw new InvalidArgumentError(`Expected one of ${PLANS.join(', ')}.`)
  return plan
}

async function listAccounts(io: CliIo, { json }: { json?: true }): Promise<void> {
  const accounts = await withStore(io, ({ store }) => store.accounts.list())
  if (json) return io.out(JSON.stringify({ accounts: accounts.map(present) }, null, 2))
  const rows = accounts.map((account) => [
    account.id,
    account.name,
    account.plan,
    stateOf(account),
    tableTime(account.createdAtMs),
  ])
  for (const line of tableLines(['ID', 'NAME', 'PLAN', 'STATE', 'CREATED'], rows)) io.out(line)
}

function stateOf(account: Pick<Account, 'isSuspended'>): 'active' | 'suspended' {
  return account.isSuspended ? 'suspended' : 'active'
}

function present(account: Account): object {
  const { id, name, plan } = account
  return { id, name, plan, accountStatus: stateOf(account), createdAt: isoTime(account.createdAtMs) }
}

async function createAccount(io: CliIo, { name, plan }: { name: string; plan: Plan }): Promise<void> {
  const id = idSource(randomBytes)('acc')
  await withStore(io, async ({ store, write }) => {
    await write(() => store.accounts.create({ id, name, plan, isSuspended: false, createdAtMs: Date.now() }))
    await store.durable()
  })
  io.out(id)
}

async function setPlan(io: CliIo, reference: string, plan: Plan): Promise<void> {
  await withStore(io, async ({ store, write }) => {
    const { id, name, plan: before } = await accountNamed(store, reference)
    await write(() => store.accounts.setPlan(id, plan))
    await write(() => auditAccount(store, { id, name }, { before: { plan: before }, after: { plan } }))
    await store.durable()
    io.err(`${id} (${name}) is on ${plan} now.`)
  })
}

async function setSuspended(io: CliIo, reference: string, isSuspended: boolean): Promise<void> {
  await withStore(io, async ({ store, write }) => {
    const account = await accountNamed(store, reference)
    const { id, name } = account
    await write(() => store.accounts.setSuspended(id, isSuspended))
    const [before, after] = [
      { accountStatus: stateOf(account) },
      { accountStatus: stateOf({ ...account, isSuspended }) },
    ]
    await write(() => auditAccount(store, account, { before, after }))
    await store.durable()
    io.err(`${id} (${name}) is ${isSuspended ? 'suspended' : 'active'} now.`)
  })
}

async function auditAccount(
  store: Store,
  { id, name }: Pick<Account, 'id' | 'name'>,
  { before, after }: { before: { [field: string]: string }; after: { [field: string]: string } },
): Promise<void> {
  const isSame = Object.entries(after).every(([field, value]) => before[field] === value)
  const change = { accountId: id, action: 'account.updated', target: { type: 'account', id, name }, before, after }
  if (!isSame) await auditOperator(store, change)
}
