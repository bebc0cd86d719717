import type { Account, Store } from '#storage'
import { CliError, type CliIo } from './io.ts'

const BUSY_TRIES = 100
const BUSY_WAIT_MS = 50

/** What a command on the data works with. */
export interface CliData {
  store: Store
  /** Makes the first account when there is none. */
  firstAccount(): Promise<Account>
  /** Runs a write until no other process is in its way, for some seconds. */
  write<Result>(task: () => Promise<Result>): Promise<Result>
}

/** Opens the data folder of the settings for one command. A server may be running on it. */
export async function withStore<Result>(io: CliIo, task: (data: CliData) => Promise<Result>): Promise<Result> {
  const [{ readConfig }, { openData }, { ensureFirstAccount }] = await Promise.all([
    import('#config'),
    import('../open-data.ts'),
    import('../first-account.ts'),
  ])
  const { store, secretKeys } = await openData(readConfig(io.env))
  try {
    return await task({
      store,
      firstAccount: () => whileBusy(() => ensureFirstAccount(store, secretKeys[0], Date.now())),
      write: whileBusy,
    })
  } finally {
    await store.close()
  }
}

async function whileBusy<Result>(task: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await task()
    } catch (error) {
      const busy = error instanceof Error && 'reason' in error && error.reason === 'busy'
      if (!busy || tries === BUSY_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS))
    }
  }
}

/** The account of this id; `default` names the first one. Throws `CliError` when there is none. */
export async function accountNamed(store: Store, reference: string): Promise<Account> {
  const account = reference === 'default' ? await store.accounts.first() : await store.accounts.get(reference)
  if (account !== null) return account
  throw new CliError(
    1,
    reference === 'default'
      ? 'There is no account yet. `keys create` makes the first one.'
      : `There is no account ${reference}. \`accounts list\` shows them.`,
  )
}
