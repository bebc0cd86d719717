import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Account, User } from '#storage'
import { memberActor } from '../audit/actor.ts'
import { hashSecret } from '../auth/api-key.ts'
import { refuseCrossSite } from '../auth/cross-site.ts'
import { apiError } from '../errors.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { enter } from './enter.ts'
import { Email, LinkToken, NewPassword, PersonName } from './person-fields.ts'
import { CurrentSession } from './present.ts'

/** Where the hash of the token in the set-up link is kept. */
export const SETUP_TOKEN = 'setup-token'

const tags = ['Sessions']
const Owner = { name: PersonName, email: Email, password: NewPassword }
const SetupBody = Type.Object({ token: LinkToken, ...Owner }, { additionalProperties: false })
const SignupBody = Type.Object(
  {
    ...Owner,
    accountName: Type.Optional(Type.With(PersonName, { description: 'Name of the account. Default: yours.' })),
  },
  { additionalProperties: false },
)
const SetupState = Type.Object(
  {
    needsSetup: Type.Boolean({ description: 'Whether this server waits for its owner.' }),
    signup: Type.Enum(['open', 'closed'], { description: 'Whether anybody may make an account.' }),
  },
  { title: 'SetupState' },
)

/** `/setup` and `/auth/signup`: how accounts get their owner. */
export const setupRoutes: Routes = (app, deps) => {
  const { store, people, config } = deps

  app.get(
    '/setup',
    {
      config: { open: true },
      schema: { tags, operationId: 'getSetup', summary: 'Whether there is an owner', response: { 200: SetupState } },
    },
    async (): Promise<Static<typeof SetupState>> => {
      const account = await store.accounts.first()
      const needsSetup = account === null || !(await store.members.hasOwner(account.id))
      return { needsSetup, signup: signupPlan() === null ? 'closed' : 'open' }
    },
  )

  app.post(
    '/setup',
    {
      config: { open: true },
      schema: {
        tags,
        operationId: 'setUp',
        summary: 'Make the first owner',
        description: 'With the token of the link that the server prints while its first account has no owner.',
        body: SetupBody,
        response: { 201: CurrentSession },
      },
    },
    async (request, reply): Promise<Static<typeof CurrentSession>> => {
      refuseCrossSite(request, config.publicUrl())
      people.guard.take(request.ip)
      const account = await store.accounts.first()
      if (account === null || !isSame(hashSecret(request.body.token), await store.instance.get(SETUP_TOKEN)))
        throw apiError('FORBIDDEN', 'This set-up link is not valid. The server prints a new one when it starts.')
      people.guard.giveBack(request.ip)
      const current = await begin(request, reply, account, false)
      await store.instance.set(SETUP_TOKEN, '')
      return current
    },
  )

  app.post(
    '/auth/signup',
    {
      config: { open: true },
      schema: {
        tags,
        operationId: 'signUp',
        summary: 'Make an account of your own',
        description: 'Only where the operator of the server allows it.',
        body: SignupBody,
        response: { 201: CurrentSession },
      },
    },
    async (request, reply): Promise<Static<typeof CurrentSession>> => {
      refuseCrossSite(request, config.publicUrl())
      const plan = signupPlan()
      if (plan === null) throw apiError('FORBIDDEN', 'On this server accounts are made by its operator.')
      people.guard.takeAccount(request.ip)
      const { name, accountName = name } = request.body
      const account = { id: deps.newId('acc'), name: accountName, plan, isSuspended: false }
      return begin(request, reply, { ...account, createdAtMs: deps.clock.nowMs() }, true)
    },
  )

  function signupPlan() {
    return config.signupPlan ?? null
  }

  async function begin(
    request: FastifyRequest<{ Body: Static<typeof SignupBody> }>,
    reply: FastifyReply,
    account: Account,
    isNewAccount: boolean,
  ): Promise<Static<typeof CurrentSession>> {
    const user = await newUser(deps, request.body)
    const outcome = await store.members.addOwner(user, { id: deps.newId('mem'), account, isNewAccount })
    if (outcome === 'taken')
      throw apiError('CONFLICT', 'This server has an owner already. Log in, or ask for an invitation.')
    if (outcome === 'email-taken') throw apiError('CONFLICT', 'Somebody has this e-mail address. Log in with it.')
    const { current } = await enter(deps, request, reply, { user, accountId: account.id })
    await deps.audit(request, {
      action: 'account.owned',
      accountId: account.id,
      actor: memberActor(user),
      target: { type: 'account', id: account.id, name: account.name },
      after: { role: 'OWNER', ...(isNewAccount ? { plan: account.plan } : {}) },
    })
    reply.code(201).header('location', '/api/v1/auth/session')
    return current
  }
}

/** A person who is not stored yet. */
export async function newUser(
  { newId, people, clock }: RouteDeps,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<User> {
  const passwordHash = await people.passwords.hash(password)
  return { id: newId('usr'), email, name, passwordHash, createdAtMs: clock.nowMs() }
}

function isSame(given: string, kept: string | null): boolean {
  return kept !== null && kept.length === given.length && timingSafeEqual(Buffer.from(given), Buffer.from(kept))
}
