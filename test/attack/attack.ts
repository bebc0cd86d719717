import * as fc from 'fast-check'
import type { Log } from '#engine'
import { contractOf, operationsOf } from '../../src/api/testing/contract.ts'
import { faultsOf } from './judge.ts'
import { plant } from './plant.ts'
import { type Document, type HostileRequest, hostileRequest } from './request.ts'
import { makeVictim } from './victim.ts'

export interface Attacked {
  sent: number
  /** How many answers had which status. */
  statuses: Map<number, number>
  /** Each fault once, with the first request that showed it. */
  faults: Map<string, string>
}

const FAULTS_MAX = 20

/** Sends hostile requests one by one, and judges each answer and what it did to the store. */
export async function attack({ requests, seed }: { requests: number; seed: number }): Promise<Attacked> {
  const attacked: Attacked = { sent: 0, statuses: new Map(), faults: new Map() }
  const note = (fault: string, example: string) => {
    if (attacked.faults.size < FAULTS_MAX && !attacked.faults.has(fault)) attacked.faults.set(fault, example)
  }
  const victim = await makeVictim(loud(note))
  try {
    await plant(victim)
    const document = victim.document as Document & Parameters<typeof contractOf>[0]
    const contract = contractOf(document)
    const documents = documentedIn(document)
    let last = ''
    let stored = victim.contents()
    for (const request of fc.sample(hostileRequest(document, victim.ids), { numRuns: requests, seed })) {
      const reply = await victim.send(request)
      const now = victim.contents()
      for (const fault of faultsOf(request, reply, { changed: changedTables(stored, now), contract, documents })) {
        note(
          `${request.method} ${routeOf(request)}: ${fault}`,
          `${inWords(request)}\n  ${reply.status} ${reply.text.slice(0, 300)}\n  before it: ${last}`,
        )
      }
      stored = now
      last = `${inWords(request)} -> ${reply.status}`
      attacked.sent += 1
      attacked.statuses.set(reply.status, (attacked.statuses.get(reply.status) ?? 0) + 1)
    }
    return attacked
  } finally {
    await victim.close()
  }
}

function documentedIn(document: Document): (method: string, path: string) => boolean {
  const operations = operationsOf(document)
  return (method, path) => {
    const [plain = ''] = path.split('?')
    return operations.some(({ pattern, methods }) => pattern.test(plain) && methods[method.toLowerCase()] !== undefined)
  }
}

function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].flatMap(([table, rows]) => (before.get(table) === rows ? [] : [table]))
}

function routeOf({ path }: HostileRequest): string {
  return (
    path
      .split('?')[0]
      ?.replace(/\/[a-z]{2,4}_[a-z0-9]{16}/g, '/{id}')
      .slice(0, 80) ?? ''
  )
}

function inWords({ method, path, sender, headers, body }: HostileRequest): string {
  return `${sender}: ${method} ${path.slice(0, 200)} ${JSON.stringify(headers)} ${body?.toString().slice(0, 600) ?? ''}`
}

/** What the server itself calls an error is a fault too. */
function loud(note: (fault: string, example: string) => void): Log {
  const say = (facts: unknown, message: string) =>
    note(`logged: ${message}`, JSON.stringify(facts)?.slice(0, 600) ?? '')
  return { debug: () => {}, info: () => {}, warn: () => {}, error: say }
}
