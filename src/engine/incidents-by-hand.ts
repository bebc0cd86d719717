import type { Store } from '#storage'
import type { Engine } from './engine.ts'
import type { Ingest } from './ingest/ingest.ts'

/** What people do to incidents goes through the ingest like all else, in order with what the engine makes of them. */
export function incidentsByHand(
  ingest: Pick<Ingest, 'submit'>,
  { incidents }: Pick<Store, 'incidents'>,
): Pick<Engine, 'openIncident' | 'changeIncident' | 'deleteIncident'> {
  return {
    async openIncident(incident, message, by) {
      const effect = await ingest.submit({ kind: 'open incident', incident, message, by })
      if (typeof effect === 'string' || 'refusal' in effect) throw new Error('an incident could not be opened')
      return effect.incident
    },

    async changeIncident(stored, change, by) {
      let read = stored
      for (let isSure = false; ; isSure = true) {
        const effect = await ingest.submit({ kind: 'change incident', stored: read, isSure, change, by })
        if (typeof effect !== 'string') return effect
        read = (await incidents.get(stored.accountId, stored.id)) ?? read
      }
    },

    async deleteIncident(id) {
      await ingest.submit({ kind: 'delete incident', incidentId: id })
    },
  }
}
