import type { FastifyRequest } from 'fastify'
import type { AuditActor, User } from '#storage'

/** Who makes a request, as the audit log calls them. */
export function actorOf({ caller }: Pick<FastifyRequest, 'caller'>): AuditActor {
  if (caller === null) return { type: 'system', id: null, name: 'StatusApp' }
  if (caller.kind === 'session') return { type: 'member', id: caller.userId, name: caller.email }
  return { type: 'key', id: caller.key.id, name: caller.key.name }
}

/** A person, as the audit log calls them where no session is open yet. */
export function memberActor({ id, email }: Pick<User, 'id' | 'email'>): AuditActor {
  return { type: 'member', id, name: email }
}
