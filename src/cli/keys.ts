import { randomBytes } from 'node:crypto'
import { Command, InvalidArgumentError } from 'commander'
import { idSource } from '#domain'
import type { ApiKey, Permission } from '#storage'
import { readExpiry } from './expiry.ts'
import { CliError, type CliIo } from './io.ts'
import { auditOperator } from './operator-audit.ts'
import { isoTime, tableLines, tableTime } from './table.ts'
import { accountNamed, withStore } from './with-store.ts'

const PERMISSIONS: readonly Permission[] = ['read', 'write', 'delete', 'admin']

/** `keys create|list|revoke` */
export function keysCommand(io: CliIo): Command {
  const keys = new Command('keys').description('API keys: make, list, revoke')
  keys
    .command('create')
    .description('Make a key and print it, once; the first account is made when there is none')
    .requiredOption('--name <name>', 'what the key is for, 1 to 200 characters', readName)
    .option(
      '--permissions <list>',
      'of read, write, delete, admin, with commas; none implies another',
      readPermissions,
      ['read'] satisfies Permission[],
    )
    .option('--account <id>', '"default" is the first account', 'default')
    .option('--expires <when>', 'a span such as 90d, 12h, 4w, 1y, or a date; default: never', (text) =>
      readExpiry(text, Date.now()),
    )
    .action((options: { name: string; permissions: Permission[]; account: string; expires?: number }) =>
      createKey(io, options),
    )
  keys
    .command('list')
    .description('List the keys of every account, or of one')
    .option('--account <id>', '"default" is the first account')
    .option('--json', 'print JSON')
    .action((options: { account?: string; json?: true }) => listKeys(io, options))
  keys
    .command('revoke')
    .description('End a key; a running server refuses it within a second')
    .argument('<id>', 'key_… as `keys list` shows it')
    .action((id: string) => revokeKey(io, id))
  return keys
}

function readName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 200) throw new InvalidArgumentError('Expected 1 to 200 characters.')
  return name
}

function readPermissions(text: string): Permission[] {
  const asked = new Set(text.split(',').map((part) => part.trim().toLowerCase()))
  const known = PERMISSIONS.filter((permission) => asked.has(permission))
  if (known.length !== asked.size) throw new InvalidArgumentError(`Expected some of ${PERMISSIONS.join(', ')}.`)
  return known
}

async function createKey(
  io: CliIo,
  {
    name,
    permissions,
    account,
    expires,
  }: { name: string; permissions: Permission[]; account: string; expires?: number },
): Promise<void> {
  const { newApiKey } = await import('#api')
  const { key, hash, prefix } = newApiKey(randomBytes)
  await withStore(io, async ({ store, firstAccount, write }) => {
    const owner = account === 'default' ? await firstAccount() : await accountNamed(store, account)
    const row: ApiKey = {
      id: idSource(randomBytes)('key'),
      accountId: owner.id,
      name,
      prefix,
      hash,
      permissions,
      createdAtMs: Date.now(),
      expiresAtMs: expires ?? null,
      revokedAtMs: null,
      lastUsedAtMs: null,
      createdBy: null,
    }
    await write(() => store.keys.create(row))
    const after = { name, permissions, expiresAt: isoTime(row.expiresAtMs) }
    const target = { type: 'apiKey', id: row.id, name }
    await write(() => auditOperator(store, { accountId: owner.id, action: 'apiKey.created', target, after }))
    await store.durable()
  })
  io.out(key)
}

async function listKeys(io: CliIo, { account, json }: { account?: string; json?: true }): Promise<void> {
  const keys = await withStore(io, async ({ store }) =>
    store.keys.list(account === undefined ? null : (await accountNamed(store, account)).id),
  )
  if (json) return io.out(JSON.stringify({ apiKeys: keys.map(present) }, null, 2))
  const heading = ['ID', 'NAME', 'PREFIX', 'PERMISSIONS', 'ACCOUNT', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED']
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.prefix,
    key.permissions.join(','),
    key.accountId,
    stateOf(key),
    tableTime(key.createdAtMs),
    tableTime(key.expiresAtMs),
    tableTime(key.lastUsedAtMs),
  ])
  for (const line of tableLines(heading, rows)) io.out(line)
}

function stateOf(key: ApiKey): 'active' | 'expired' | 'revoked' {
  if (key.revokedAtMs !== null) return 'revoked'
  return key.expiresAtMs !== null && key.expiresAtMs <= Date.now() ? 'expired' : 'active'
}

function present(key: ApiKey): object {
  const { id, accountId, name, prefix, permissions } = key
  return {
    id,
    accountId,
    name,
    prefix,
    permissions,
    isActive: stateOf(key) === 'active',
    createdAt: isoTime(key.createdAtMs),
    lastUsedAt: isoTime(key.lastUsedAtMs),
    expiresAt: isoTime(key.expiresAtMs),
    revokedAt: isoTime(key.revokedAtMs),
  }
}

async function revokeKey(io: CliIo, id: string): Promise<void> {
  await withStore(io, async ({ store, write }) => {
    const key = (await store.keys.list(null)).find((each) => each.id === id)
    if (key === undefined) throw new CliError(1, `There is no key ${id}. \`keys list\` shows them.`)
    const ended = await write(() => store.keys.revoke(id, Date.now()))
    const { accountId, name, permissions } = key
    const change = { action: 'apiKey.revoked', target: { type: 'apiKey', id, name }, before: { name, permissions } }
    if (ended) await write(() => auditOperator(store, { accountId, ...change }))
    await store.durable()
    io.err(ended ? `Revoked ${id} (${key.name}).` : `${id} (${key.name}) was revoked before.`)
  })
}
