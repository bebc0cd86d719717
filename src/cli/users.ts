import { randomBytes } from 'node:crypto'
import { Command } from 'commander'
import type { Config } from '#config'
import type { Store, User } from '#storage'
import { CliError, type CliIo } from './io.ts'
import { auditOperator } from './operator-audit.ts'
import { type CliData, withStore } from './with-store.ts'

const LINK_VALID_MS = 3_600_000

/** `users reset-password` */
export function usersCommand(io: CliIo): Command {
  const users = new Command('users').description('People who log in: help those who forgot their password')
  users
    .command('reset-password')
    .description('Print a one-time link that sets a new password, valid for an hour')
    .argument('<email>', 'e-mail address that they log in with')
    .option('--password-stdin', 'set the password that stands on standard input instead, and end their sessions')
    .action((email: string, options: { passwordStdin?: true }) =>
      options.passwordStdin ? setPassword(io, email) : printLink(io, email),
    )
  return users
}

async function printLink(io: CliIo, email: string): Promise<void> {
  const [{ newLinkToken }, { readConfig }] = await Promise.all([import('#api'), import('#config')])
  const { token, tokenHash } = newLinkToken(randomBytes)
  await withStore(io, async ({ store, write }) => {
    const user = (await store.users.byEmail(email)) ?? unknownEmail(email)
    await write(() => store.users.addReset({ userId: user.id, tokenHash, expiresAtMs: Date.now() + LINK_VALID_MS }))
    await record(store, write, user, 'password.reset_link_made')
    await store.durable()
  })
  io.out(`${baseUrl(readConfig(io.env))}/reset-password?token=${token}`)
}

async function setPassword(io: CliIo, email: string): Promise<void> {
  const { PASSWORD_MAX, PASSWORD_MIN, passwords } = await import('#api')
  const password = (await io.input()).replace(/\r?\n$/, '')
  if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX || /[\r\n\0]/.test(password))
    throw new CliError(2, `Expected a password of ${PASSWORD_MIN} to ${PASSWORD_MAX} characters on one line.`)
  await withStore(io, async ({ store, write }) => {
    const user = (await store.users.byEmail(email)) ?? unknownEmail(email)
    const hash = await passwords(randomBytes).hash(password)
    await write(() => store.users.setPassword(user.id, hash, null))
    await record(store, write, user, 'password.reset')
    await store.durable()
    io.err(`${user.email} has a new password; their sessions have ended.`)
  })
}

/** Tells the audit log of every account that the person belongs to. */
async function record(store: Store, write: CliData['write'], user: User, action: string): Promise<void> {
  const target = { type: 'user', id: user.id, name: user.email }
  for (const { account } of await store.users.accountsOf(user.id))
    await write(() => auditOperator(store, { accountId: account.id, action, target }))
}

function unknownEmail(email: string): never {
  throw new CliError(1, `Nobody logs in as ${email}.`)
}

/** Where people reach the server that runs on these settings, which may not run now. */
function baseUrl({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
