import { newAccount } from '../contract/builders.ts'
import { SECRETS } from './open-for-tests.ts'
import { openSqliteStore } from './store.ts'

// A process of its own: opens a store that others open too, leaves an account in it, and ends.
const store = await openSqliteStore({ path: process.argv[2] ?? '', secrets: SECRETS })
await newAccount(store, { id: `acc_${process.pid}` })
await store.close()
