import { type Static, Type } from 'typebox'
import { PLAN_LIMITS, type Role, rolesGivable } from '#domain'
import type { Account, Invitation } from '#storage'
import { CountFields } from '../answer-fields.ts'
import { accountOf, callerOf } from '../auth/caller.ts'
import { newLinkToken } from '../auth/link-token.ts'
import { type ApiError, apiError } from '../errors.ts'
import { findOwn } from '../find-own.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { Email } from '../session/person-fields.ts'
import { Done, done } from '../session/present.ts'
import { InvitationView, presentInvitation, RoleField, SentInvitation } from './present.ts'

const VALID_MS = 7 * 24 * 3_600_000
const tags = ['Team']
const InvitationParams = Type.Object({ invitationId: Type.String({ description: 'Id of the invitation.' }) })
const InvitationList = Type.Object(
  { invitations: Type.Array(InvitationView), ...CountFields },
  { title: 'InvitationList' },
)
const NewInvitation = Type.Object({ email: Email, role: RoleField }, { additionalProperties: false })

/** `/team/invitations`: ask people to join the account. */
export const invitationRoutes: Routes = (app, deps) => {
  const { store, audit, clock } = deps

  app.get(
    '/team/invitations',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'listInvitations',
        summary: 'List the invitations',
        querystring: Type.Object(PageFields),
        response: { 200: InvitationList },
      },
    },
    async (request): Promise<Static<typeof InvitationList>> => {
      const page = pageOf(request.query)
      const found = await store.invitations.list(accountOf(request).id, page)
      return { invitations: found.rows.map((row) => presentInvitation(row, clock.nowMs())), ...countOf(found, page) }
    },
  )

  app.post(
    '/team/invitations',
    {
      config: { permission: 'admin', creates: true },
      schema: {
        tags,
        operationId: 'invite',
        summary: 'Invite somebody',
        description: 'The answer carries the link once, for you to pass on. It is valid for seven days.',
        body: NewInvitation,
        response: { 201: SentInvitation },
      },
    },
    async (request, reply): Promise<Static<typeof SentInvitation>> => {
      const account = accountOf(request)
      const { email, role } = request.body
      const { userId, role: ownRole } = callerOf(request)
      requireMayInvite(ownRole, role)
      const nowMs = clock.nowMs()
      const { token, link } = newLink(deps)
      const fresh: Invitation = {
        id: deps.newId('inv'),
        accountId: account.id,
        email,
        role,
        status: 'PENDING',
        invitedBy: userId,
        createdAtMs: nowMs,
        ...link,
      }
      const outcome = await store.invitations.create(fresh, { seats: PLAN_LIMITS[account.plan].seats, nowMs })
      if (outcome === 'full') throw noSeat(account)
      if (outcome === 'member') throw apiError('CONFLICT', 'This e-mail address belongs to a member already.')
      if (outcome === 'open')
        throw apiError('CONFLICT', 'There is an open invitation for this address. Send it again, or revoke it.')
      await audit(request, { action: 'invitation.created', target: targetOf(fresh), after: { role } })
      reply.code(201).header('location', `/api/v1/team/invitations/${fresh.id}`).header('cache-control', 'no-store')
      return { ...presentInvitation(fresh, nowMs), url: urlOf(deps, token) }
    },
  )

  app.get(
    '/team/invitations/:invitationId',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'getInvitation',
        summary: 'Get an invitation',
        params: InvitationParams,
        response: { 200: InvitationView },
      },
    },
    async (request, reply) => {
      const found = await findInvitation(deps, accountOf(request).id, request.params.invitationId)
      setRevision(reply, revisionOf(found))
      return presentInvitation(found, clock.nowMs())
    },
  )

  app.delete(
    '/team/invitations/:invitationId',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'revokeInvitation',
        summary: 'Revoke an invitation',
        description: 'Its link works no more.',
        params: InvitationParams,
        response: { 200: Done },
      },
    },
    async (request) => {
      const found = await findInvitation(deps, accountOf(request).id, request.params.invitationId)
      requireMatch(request, revisionOf(found))
      if (!(await store.invitations.revoke(found.accountId, found.id)))
        throw apiError('CONFLICT', 'This invitation is not open any more.')
      await audit(request, {
        action: 'invitation.revoked',
        target: targetOf(found),
        before: { status: found.status },
        after: { status: 'REVOKED' },
      })
      return done('The invitation was revoked')
    },
  )

  app.post(
    '/team/invitations/:invitationId/resend',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'resendInvitation',
        summary: 'Send an invitation again',
        description: 'Makes a new link, valid for seven days; the old one works no more.',
        params: InvitationParams,
        response: { 200: SentInvitation },
      },
    },
    async (request, reply): Promise<Static<typeof SentInvitation>> => {
      const account = accountOf(request)
      const found = await findInvitation(deps, account.id, request.params.invitationId)
      const { userId, role: ownRole } = callerOf(request)
      requireMayInvite(ownRole, found.role)
      const nowMs = clock.nowMs()
      const { token, link } = newLink(deps)
      const rule = { seats: PLAN_LIMITS[account.plan].seats, nowMs }
      const outcome = await store.invitations.renew(account.id, found.id, { ...link, invitedBy: userId }, rule)
      if (outcome === 'full') throw noSeat(account)
      if (outcome === 'open') throw apiError('CONFLICT', 'There is a newer open invitation for this address.')
      if (outcome === 'closed') throw apiError('CONFLICT', 'This invitation was accepted or revoked.')
      await audit(request, {
        action: 'invitation.resent',
        target: targetOf(found),
        before: { expiresAtMs: found.expiresAtMs },
        after: { expiresAtMs: link.expiresAtMs },
      })
      reply.header('cache-control', 'no-store')
      return { ...presentInvitation({ ...found, ...link, status: 'PENDING' }, nowMs), url: urlOf(deps, token) }
    },
  )
}

/** Throws `ApiError` when somebody of the role invites nobody as this; a key without a maker invites as anything. */
function requireMayInvite(own: Role | null, invited: Role): void {
  if (own !== null && !rolesGivable(own).includes(invited))
    throw apiError('FORBIDDEN', 'Only an owner makes somebody an owner.')
}

/** The refusal for a plan whose seats are taken. */
export function noSeat({ plan }: Account): ApiError {
  const { seats } = PLAN_LIMITS[plan]
  return apiError(
    'FORBIDDEN',
    `The ${plan} plan has ${seats} ${seats === 1 ? 'seat' : 'seats'}, for members and open invitations together. Raise the plan, or free a seat.`,
  )
}

function newLink({ randomBytes, clock }: RouteDeps) {
  const { token, tokenHash } = newLinkToken(randomBytes)
  return { token, link: { tokenHash, expiresAtMs: clock.nowMs() + VALID_MS } }
}

function urlOf({ config }: RouteDeps, token: string): string {
  return `${config.publicUrl()}/invitations/${token}`
}

function targetOf({ id, email }: Invitation) {
  return { type: 'invitation', id, name: email }
}

/** The account's invitation of this id. Throws `ApiError`. */
function findInvitation({ store }: RouteDeps, accountId: string, id: string): Promise<Invitation> {
  return findOwn('inv', id, () => store.invitations.get(accountId, id))
}
