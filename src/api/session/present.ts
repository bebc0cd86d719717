import { type Static, Type } from 'typebox'
import { PLANS, ROLES, type Role } from '#domain'
import { type Account, PERMISSIONS, type Session, type User } from '#storage'
import { OrNull, Time } from '../answer-fields.ts'
import { ROLE_PERMISSIONS } from '../auth/access.ts'
import { isoSeconds } from '../http/times.ts'

const AccountView = Type.Object({
  id: Type.String({ examples: ['acc_k3v9x0q2m7c1w8ta'] }),
  name: Type.String({ examples: ['Example Ltd'] }),
  plan: Type.Enum(PLANS),
  accountStatus: Type.Enum(['active', 'suspended']),
  role: Type.Enum(ROLES, { description: 'Your role there.' }),
})

/** Who is logged in, and as what. */
export const CurrentSession = Type.Object(
  {
    id: Type.String({ examples: ['ses_k3v9x0q2m7c1w8ta'] }),
    user: Type.Object({ id: Type.String(), email: Type.String(), name: Type.String() }),
    account: Type.With(AccountView, { description: 'The account that this session acts on.' }),
    accounts: Type.Array(AccountView, { description: 'Every account that you belong to.' }),
    permissions: Type.Array(Type.Enum(PERMISSIONS)),
    createdAt: Time('When it was opened.'),
    expiresAt: Time('When it ends unless it is used before.'),
  },
  { title: 'CurrentSession' },
)

export const SessionRow = Type.Object(
  {
    id: Type.String({ examples: ['ses_k3v9x0q2m7c1w8ta'] }),
    isCurrent: Type.Boolean({ description: 'Whether it is the one that asks.' }),
    accountId: Type.String(),
    address: OrNull(Type.String(), 'Where it was last used from.'),
    userAgent: OrNull(Type.String(), 'What it was opened with.'),
    createdAt: Time('When it was opened.'),
    lastUsedAt: Time('When it was used last, to within five minutes.'),
    expiresAt: Time('When it ends unless it is used before.'),
  },
  { title: 'Session' },
)

/** What every done action answers that has nothing else to say. */
export const Done = Type.Object({ success: Type.Literal(true), message: Type.String() }, { title: 'Done' })

/** The answer of what has nothing else to say. */
export function done(message: string): Static<typeof Done> {
  return { success: true, message }
}

/** `places`: every account of the person with their role, the session's own among them. */
export function presentCurrent(
  session: Session,
  user: User,
  places: { account: Account; role: Role }[],
): Static<typeof CurrentSession> | null {
  const current = places.find(({ account }) => account.id === session.accountId)
  if (current === undefined) return null
  return {
    id: session.id,
    user: { id: user.id, email: user.email, name: user.name },
    account: presentPlace(current),
    accounts: places.map(presentPlace),
    permissions: [...ROLE_PERMISSIONS[current.role]],
    createdAt: isoSeconds(session.createdAtMs),
    expiresAt: isoSeconds(session.expiresAtMs),
  }
}

/** A session as its owner sees it; its token is nowhere. */
export function presentSession(session: Session, currentId: string): Static<typeof SessionRow> {
  return {
    id: session.id,
    isCurrent: session.id === currentId,
    accountId: session.accountId,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: isoSeconds(session.createdAtMs),
    lastUsedAt: isoSeconds(session.lastUsedAtMs),
    expiresAt: isoSeconds(session.expiresAtMs),
  }
}

function presentPlace({ account, role }: { account: Account; role: Role }): Static<typeof AccountView> {
  const { id, name, plan, isSuspended } = account
  return { id, name, plan, accountStatus: isSuspended ? 'suspended' : 'active', role }
}
