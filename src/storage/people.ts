import type { Role } from '#domain'
import type { Account, Page, Paged } from './port.ts'

/** A person who can log in. */
export interface User {
  /** `usr_` + 16 characters. */
  id: string
  /** As they wrote it; unique whatever its case. */
  email: string
  name: string
  passwordHash: string
  createdAtMs: number
}

/** A person's place in an account. */
export interface Member {
  /** `mem_` + 16 characters. */
  id: string
  accountId: string
  userId: string
  email: string
  name: string
  role: Role
  acceptedAtMs: number
}

/** What is stored of an invitation's fate; that its time is over follows from `expiresAtMs`. */
export const INVITATION_STATUSES = ['PENDING', 'ACCEPTED', 'EXPIRED', 'REVOKED'] as const
export type InvitationStatus = (typeof INVITATION_STATUSES)[number]

export interface Invitation {
  /** `inv_` + 16 characters. */
  id: string
  accountId: string
  email: string
  role: Role
  /** `PENDING` also for one whose time is over and that nobody touched since. */
  status: InvitationStatus
  /** Lower-case hex SHA-256 of the token in its link. */
  tokenHash: string
  /** Who sent it last; null for a key without a maker. */
  invitedBy: string | null
  createdAtMs: number
  expiresAtMs: number
}

/** Seats that an account has: members and open invitations together may take no more. Null: no limit. */
export interface SeatRule {
  seats: number | null
  nowMs: number
}

export interface UserRepository {
  /** Whatever the case. */
  byEmail(email: string): Promise<User | null>
  get(id: string): Promise<User | null>
  /** The accounts that a person belongs to, oldest membership first. */
  accountsOf(id: string): Promise<{ account: Account; role: Role }[]>
  /** Sets the password, ends every session but the one to keep, and spends a reset link. */
  setPassword(id: string, passwordHash: string, keepSessionId: string | null): Promise<boolean>
  /** Replaces a hash by one of the same password with other parameters. */
  rehash(id: string, before: string, after: string): Promise<void>
  /** Replaces the same person's earlier link. */
  addReset(reset: { userId: string; tokenHash: string; expiresAtMs: number }): Promise<void>
  /** Whose unspent reset link this is. */
  byReset(tokenHash: string, nowMs: number): Promise<User | null>
  /** Spends the link: sets the password and ends every session. False when it was spent or its time is over. */
  spendReset(tokenHash: string, passwordHash: string, nowMs: number): Promise<boolean>
}

/** Changes that must leave an owner say `last-owner` instead of leaving none. */
export type MemberChange = 'done' | 'unknown' | 'last-owner'

export interface MemberRepository {
  /** Newest first, id as tie-break. */
  list(accountId: string, page: Page): Promise<Paged<Member>>
  get(accountId: string, id: string): Promise<Member | null>
  of(accountId: string, userId: string): Promise<Member | null>
  hasOwner(accountId: string): Promise<boolean>
  /** The owner who has belonged to the account longest. */
  firstOwner(accountId: string): Promise<Member | null>
  /**
   * Makes a person and makes them the owner of an account, which is made too when `isNewAccount`. `taken`: the account
   * has an owner; `email-taken`: somebody has this address.
   */
  addOwner(
    user: User,
    member: { id: string; account: Account; isNewAccount: boolean },
  ): Promise<'done' | 'taken' | 'email-taken'>
  /** Open invitations that they sent and could not send as what they are now end with it. */
  setRole(accountId: string, id: string, role: Role): Promise<MemberChange>
  /**
   * Removes a member with their sessions in the account, and revokes the keys that they made and the open invitations
   * that they sent, in one transaction; the kept keys belong to `keeperId` from then on.
   */
  remove(
    accountId: string,
    id: string,
    keys: { keptIds: string[]; keeperId: string | null; atMs: number },
  ): Promise<MemberChange>
}

export interface InvitationRepository {
  /** Newest first, id as tie-break. */
  list(accountId: string, page: Page): Promise<Paged<Invitation>>
  get(accountId: string, id: string): Promise<Invitation | null>
  byToken(tokenHash: string): Promise<Invitation | null>
  /** `open`: this address has an open one; `member`: they belong to the account. */
  create(invitation: Invitation, rule: SeatRule): Promise<'done' | 'full' | 'open' | 'member'>
  /** Gives an invitation that was not accepted or revoked a new link and new time. */
  renew(
    accountId: string,
    id: string,
    link: { tokenHash: string; expiresAtMs: number; invitedBy: string | null },
    rule: SeatRule,
  ): Promise<'done' | 'full' | 'open' | 'closed'>
  /** True when it was open until now. */
  revoke(accountId: string, id: string): Promise<boolean>
  /** Makes the person a member (and the person, when `isNew`) and closes the invitation, once. */
  accept(
    tokenHash: string,
    joining: { user: User; isNew: boolean; memberId: string },
    rule: SeatRule,
  ): Promise<'done' | 'full' | 'closed' | 'member' | 'email-taken'>
}

/** A login. It ends at `expiresAtMs`, which use moves on, and at `endsAtMs` in any case. */
export interface Session {
  /** `ses_` + 16 characters. */
  id: string
  /** Lower-case hex SHA-256 of the token in the cookie. */
  tokenHash: string
  userId: string
  /** The account that it acts on now. */
  accountId: string
  createdAtMs: number
  lastUsedAtMs: number
  expiresAtMs: number
  endsAtMs: number
  address: string | null
  userAgent: string | null
}

/** So many sessions a person has at most. */
export const SESSIONS_MAX = 100

export interface SessionRepository {
  /**
   * False when the password by which it was opened is no longer the person's. Of the person's others those that were used
   * longest ago end, where there are more than `SESSIONS_MAX` with it.
   */
  create(session: Session, passwordHash: string): Promise<boolean>
  /** With the person, and their present place in the account; null where there is none any more. Its time is for the caller to judge. */
  byToken(tokenHash: string): Promise<{ session: Session; user: User; account: Account; role: Role } | null>
  /** Running ones, newest first. */
  list(userId: string, nowMs: number): Promise<Session[]>
  touch(id: string, use: { atMs: number; expiresAtMs: number; address: string | null }): Promise<void>
  /** Puts a session on another account under a new token; false when it has ended. */
  move(id: string, to: { accountId: string; tokenHash: string }): Promise<boolean>
  end(userId: string, id: string): Promise<boolean>
  endAll(userId: string): Promise<number>
  dropExpired(nowMs: number): Promise<void>
}
