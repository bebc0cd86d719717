import { describe } from 'node:test'
import { accountsContract } from './contract/accounts-contract.ts'
import { auditContract } from './contract/audit-contract.ts'
import { deliveriesContract } from './contract/deliveries-contract.ts'
import { figuresContract } from './contract/figures-contract.ts'
import type { Opened, OpenFor } from './contract/harness.ts'
import { idempotencyContract } from './contract/idempotency-contract.ts'
import { incidentHistoryContract } from './contract/incident-history-contract.ts'
import { incidentListsContract } from './contract/incident-lists-contract.ts'
import { incidentsContract } from './contract/incidents-contract.ts'
import { maintenanceContract } from './contract/maintenance-contract.ts'
import { monitorsContract } from './contract/monitors-contract.ts'
import { peopleContract } from './contract/people-contract.ts'
import { requestsContract } from './contract/requests-contract.ts'
import { resultsContract } from './contract/results-contract.ts'
import { statusPagesContract } from './contract/status-pages-contract.ts'

/** Registers the tests that every store owes. `open` makes a new, empty store for each. */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  const openFor: OpenFor = async (t) => {
    const opened = await open()
    t.after(opened.cleanUp)
    return opened
  }
  describe(name, () => {
    accountsContract(openFor)
    peopleContract(openFor)
    auditContract(openFor)
    requestsContract(openFor)
    idempotencyContract(openFor)
    monitorsContract(openFor)
    incidentsContract(openFor)
    incidentListsContract(openFor)
    incidentHistoryContract(openFor)
    statusPagesContract(openFor)
    maintenanceContract(openFor)
    deliveriesContract(openFor)
    resultsContract(openFor)
    figuresContract(openFor)
  })
}
