import { randomBytes } from 'node:crypto'
import { idSource, type Json } from '#domain'
import type { AuditTarget, Store } from '#storage'

/** What the operator changed. */
export interface OperatorChange {
  accountId: string
  action: string
  target: AuditTarget
  before?: { [name: string]: Json }
  after?: { [name: string]: Json }
}

/** Tells the account's audit log of a change that was made on the command line. */
export async function auditOperator(store: Store, change: OperatorChange): Promise<void> {
  const { accountId, action, target, before = null, after = null } = change
  await store.audit.add({
    id: idSource(randomBytes)('aud'),
    accountId,
    atMs: Date.now(),
    action,
    actor: { type: 'operator', id: null, name: 'Command line' },
    target,
    before,
    after,
    requestId: null,
    address: null,
  })
}
