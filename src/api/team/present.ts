import { type Static, Type } from 'typebox'
import { ROLES } from '#domain'
import { INVITATION_STATUSES, type Invitation, type Member } from '#storage'
import { Time } from '../answer-fields.ts'
import { isoSeconds } from '../http/times.ts'

export const RoleField = Type.Enum(ROLES, {
  expected: `one of ${ROLES.join(', ')}`,
  description: 'What they may do.',
})

export const MemberView = Type.Object(
  {
    id: Type.String({ examples: ['mem_k3v9x0q2m7c1w8ta'] }),
    email: Type.String({ examples: ['ada@example.com'] }),
    name: Type.String({ examples: ['Ada Lovelace'] }),
    role: RoleField,
    status: Type.Literal('ACTIVE'),
    acceptedAt: Time('Since when they belong to the account.'),
  },
  { title: 'Member' },
)

export const InvitationView = Type.Object(
  {
    id: Type.String({ examples: ['inv_k3v9x0q2m7c1w8ta'] }),
    email: Type.String({ examples: ['grace@example.com'] }),
    role: RoleField,
    status: Type.Enum(INVITATION_STATUSES),
    createdAt: Time('When it was first sent.'),
    expiresAt: Time('Seven days after it was sent, or sent again.'),
  },
  { title: 'Invitation' },
)

export const SentInvitation = Type.Object(
  {
    ...InvitationView.properties,
    url: Type.String({ description: 'The link to pass on. It is shown this once.' }),
  },
  { title: 'SentInvitation' },
)

/** A member as answers show them. */
export function presentMember({ id, email, name, role, acceptedAtMs }: Member): Static<typeof MemberView> {
  return { id, email, name, role, status: 'ACTIVE', acceptedAt: isoSeconds(acceptedAtMs) }
}

/** An invitation as answers show it; one whose time is over by `nowMs` is EXPIRED. */
export function presentInvitation(invitation: Invitation, nowMs: number): Static<typeof InvitationView> {
  const { id, email, role, status, createdAtMs, expiresAtMs } = invitation
  return {
    id,
    email,
    role,
    status: status === 'PENDING' && expiresAtMs <= nowMs ? 'EXPIRED' : status,
    createdAt: isoSeconds(createdAtMs),
    expiresAt: isoSeconds(expiresAtMs),
  }
}
