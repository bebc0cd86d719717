import type { FastifyRequest } from 'fastify'
import type { AuditActor } from '#storage'

/** Who makes a request, as the audit log calls them. */
export function actorOf({ caller }: Pick<FastifyRequest, 'caller'>): AuditActor {
  if (caller === null) return { type: 'system', id: null, name: 'StatusApp' }
  if (caller.kind === 'session') return { type: 'member', id: caller.userId, name: caller.email }
  return { type: 'key', id: caller.key.id, name: caller.key.name }
}
