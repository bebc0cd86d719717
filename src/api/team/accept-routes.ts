import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { PLAN_LIMITS } from '#domain'
import { type Account, INVITATION_STATUSES, type Invitation, type User } from '#storage'
import { Time } from '../answer-fields.ts'
import { memberActor } from '../audit/actor.ts'
import { hashSecret } from '../auth/api-key.ts'
import { refuseCrossSite } from '../auth/cross-site.ts'
import { looksLikeLinkToken } from '../auth/link-token.ts'
import { apiError, invalid } from '../errors.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { enter } from '../session/enter.ts'
import { GivenPassword, PASSWORD_MIN, PersonName } from '../session/person-fields.ts'
import { CurrentSession } from '../session/present.ts'
import { newUser } from '../session/setup-routes.ts'
import { noSeat } from './invitation-routes.ts'
import { presentInvitation, RoleField } from './present.ts'

const tags = ['Team']
const TokenParams = Type.Object({ token: Type.String({ description: 'The last part of the link.' }) })
const OpenInvitation = Type.Object(
  {
    email: Type.String({ examples: ['grace@example.com'] }),
    role: RoleField,
    accountName: Type.String({ examples: ['Example Ltd'] }),
    status: Type.Enum(INVITATION_STATUSES),
    expiresAt: Time('Until when it can be accepted.'),
    hasUser: Type.Boolean({ description: 'Whether this address has a log-in already, whose password is asked for.' }),
  },
  { title: 'OpenInvitation' },
)
const AcceptBody = Type.Object(
  {
    name: Type.Optional(PersonName),
    password: Type.Optional(
      Type.With(GivenPassword, {
        description: 'A new one, or that of the log-in which this address has; not needed while logged in as it.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** `/invitations/{token}`: what an invited person sees, and how they join. The token is the capability. */
export const acceptRoutes: Routes = (app, deps) => {
  const { store, people, audit, clock, config } = deps

  app.get(
    '/invitations/:token',
    {
      config: { open: true },
      schema: {
        tags,
        operationId: 'getOpenInvitation',
        summary: 'See what an invitation is for',
        params: TokenParams,
        response: { 200: OpenInvitation },
      },
    },
    async (request, reply): Promise<Static<typeof OpenInvitation>> => {
      const { invitation, account } = await byToken(deps, request, request.params.token)
      const { email, role, status, expiresAt } = presentInvitation(invitation, clock.nowMs())
      reply.header('cache-control', 'no-store')
      const hasUser = (await store.users.byEmail(email)) !== null
      return { email, role, accountName: account.name, status, expiresAt, hasUser }
    },
  )

  app.post(
    '/invitations/:token/accept',
    {
      config: { open: true },
      schema: {
        tags,
        operationId: 'acceptInvitation',
        summary: 'Accept an invitation',
        description: 'Makes the log-in where the address has none, joins the account, and opens a session on it.',
        params: TokenParams,
        body: AcceptBody,
        response: { 200: CurrentSession },
      },
    },
    async (request, reply): Promise<Static<typeof CurrentSession>> => {
      refuseCrossSite(request, config.publicUrl())
      const { invitation, account } = await byToken(deps, request, request.params.token)
      if (presentInvitation(invitation, clock.nowMs()).status !== 'PENDING') throw isClosed()
      if (account.isSuspended)
        throw apiError('FORBIDDEN', 'This account is suspended. Ask the operator of this server.')
      const known = await store.users.byEmail(invitation.email)
      const user = known === null ? await made(request.body, invitation) : await proven(request, request.body, known)
      const rule = { seats: PLAN_LIMITS[account.plan].seats, nowMs: clock.nowMs() }
      const joining = { user, isNew: known === null, memberId: deps.newId('mem') }
      const outcome = await store.invitations.accept(invitation.tokenHash, joining, rule)
      if (outcome === 'closed') throw isClosed()
      if (outcome === 'full') throw noSeat(account)
      if (outcome !== 'done')
        throw apiError('CONFLICT', 'This address belongs to a member, or was given a log-in at this moment. Log in.')
      const { current } = await enter(deps, request, reply, { user, accountId: account.id })
      await audit(request, {
        action: 'invitation.accepted',
        accountId: account.id,
        actor: memberActor(user),
        target: { type: 'member', id: joining.memberId, name: user.email },
        after: { role: invitation.role },
      })
      return current
    },
  )

  function made({ name, password }: Static<typeof AcceptBody>, { email }: Invitation): Promise<User> {
    const problems = [
      ...(name === undefined ? [{ path: 'name', message: 'is required' }] : []),
      ...(password === undefined
        ? [{ path: 'password', message: 'is required' }]
        : password.length < PASSWORD_MIN
          ? [{ path: 'password', message: `expected at least ${PASSWORD_MIN} characters` }]
          : []),
    ]
    if (name === undefined || password === undefined || problems.length > 0) throw invalid(problems)
    return newUser(deps, { name, email, password })
  }

  /** The link alone makes nobody a person who has a password: they prove it, or are logged in. Throws `ApiError`. */
  async function proven(request: FastifyRequest, body: Static<typeof AcceptBody>, known: User): Promise<User> {
    if (body.password === undefined) {
      const session = await people.sessions.find(request)
      if (session?.userId === known.id) return known
      throw invalid([{ path: 'password', message: 'is required: this address has a log-in already' }])
    }
    const user = await people.guard.prove(request.ip, known.email, body.password)
    if (user === null) throw apiError('UNAUTHORIZED', 'This is not the password of this e-mail address.')
    return user
  }
}

/** The invitation of a link. Throws `ApiError`: one that was sent again or never existed is unknown. */
async function byToken(
  { store, people }: RouteDeps,
  request: FastifyRequest,
  token: string,
): Promise<{ invitation: Invitation; account: Account }> {
  people.guard.take(request.ip)
  const invitation = looksLikeLinkToken(token) ? await store.invitations.byToken(hashSecret(token)) : null
  const account = invitation === null ? null : await store.accounts.get(invitation.accountId)
  if (invitation === null || account === null)
    throw apiError('NOT_FOUND', 'This link is not valid. Ask the person who invited you for a new one.')
  people.guard.giveBack(request.ip)
  return { invitation, account }
}

function isClosed() {
  return apiError('CONFLICT', 'This invitation was accepted or revoked, or its time is over. Ask for a new one.')
}
