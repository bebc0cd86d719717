import { type IncidentChange, SEVERITIES, UNTOUCHED } from '#domain'
import type { Facts } from './facts.ts'
import type { Committed, Mirror } from './mirror.ts'
import type { Prng } from './prng.ts'
import type { Server } from './server.ts'

const BY = { id: 'key_simulation0000', name: 'someone' }

interface Parts {
  facts: Facts
  mirror: Mirror
  server: Server
  random: Prng
  accountId: string
}

/** What people do with incidents: acknowledge, say, edit and resolve them, and open some of their own. */
export class IncidentHands {
  readonly #parts: Parts
  readonly #random: Prng
  #opened = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.#random = parts.random.fork('incidents')
  }

  /** Something to do about a monitor's incidents, now and then; an open one comes first. */
  choose(): { entry: Committed; run: () => Promise<void> } | null {
    if (!this.#random.chance(0.2)) return null
    const entries = [...this.#parts.mirror.monitors.values()]
    const open = this.#random.some(entries.filter((entry) => entry.open !== null))
    const entry = open ?? this.#random.some(entries.filter(({ incidents }) => incidents.length > 0))
    if (entry === undefined) return null
    return { entry, run: () => (this.#random.chance(0.1) ? this.#open(entry) : this.#change(entry)) }
  }

  async #change(entry: Committed): Promise<void> {
    const { server, accountId, facts, mirror } = this.#parts
    const { engine, store } = server
    const id = (entry.open ?? entry.incidents.at(-1))?.id
    if (engine === null || store === null || id === undefined) return
    const stored = await store.incidents.get(accountId, id)
    const change = this.#some()
    if (stored === null) {
      facts.violate('8', entry.monitor.id, `incident ${id} was seen, but is not stored`)
      return
    }
    // Others may act on it while a person looks at it.
    if (this.#random.chance(0.3)) await new Promise<void>((resolve) => facts.clock.schedule(5_000, resolve))
    const outcome = await engine.changeIncident(stored, change, BY)
    const now = mirror.get(entry.monitor.id)?.incidents.find((incident) => incident.id === id)
    if ('refusal' in outcome || now === undefined) return
    const isLost =
      change.kind === 'acknowledge' ? now.acknowledged === null : change.kind === 'resolve' && now.resolvedAtMs === null
    if (isLost) facts.violate('8', entry.monitor.id, `${change.kind} of ${id} was answered, but is not stored`)
  }

  #some(): IncidentChange {
    const lot = this.#random.next()
    if (lot < 0.3) return { kind: 'acknowledge' }
    if (lot < 0.5) return { kind: 'resolve', message: null, isPublic: null }
    if (lot < 0.75) return { kind: 'update', status: 'update', message: 'We are at it.', isPublic: null }
    const severity = this.#random.pick(SEVERITIES)
    return { kind: 'edit', edit: lot < 0.9 ? { severity } : { title: `Trouble ${severity}`, rootCause: 'A cable' } }
  }

  async #open({ monitor }: Committed): Promise<void> {
    const { server, facts, accountId } = this.#parts
    const incident = {
      ...UNTOUCHED,
      id: `inc_hand${String(++this.#opened).padStart(12, '0')}`,
      accountId,
      monitorId: null,
      monitorName: null,
      monitors: [{ id: monitor.id, name: monitor.settings.name }],
      startedAtMs: facts.clock.nowMs(),
      resolvedAtMs: null,
      resolution: null,
      severity: 'LOW' as const,
      rootCause: '',
      rootCauseCategory: 'UNKNOWN' as const,
      affectedRegions: [],
      checksFailed: 0,
      checksTotal: 0,
      evidence: null,
    }
    await server.engine?.openIncident({ ...incident, title: 'Something is odd' }, 'We are looking into it.', BY)
  }
}
