import { type Static, Type } from 'typebox'
import { isId } from '#domain'
import { CountFields } from '../answer-fields.ts'
import { memberActor } from '../audit/actor.ts'
import { refuseCrossSite } from '../auth/cross-site.ts'
import { apiError } from '../errors.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { Routes } from '../routes.ts'
import { currentOf, enter, sessionOf } from './enter.ts'
import { Email, GivenPassword } from './person-fields.ts'
import { CurrentSession, Done, done, presentSession, SessionRow } from './present.ts'

const tags = ['Sessions']
const AccountId = Type.String({ maxLength: 40, description: 'Id of the account.', examples: ['acc_k3v9x0q2m7c1w8ta'] })
const LoginBody = Type.Object(
  { email: Email, password: GivenPassword, accountId: Type.Optional(AccountId) },
  { additionalProperties: false },
)
const SwitchBody = Type.Object({ accountId: AccountId }, { additionalProperties: false })
const SessionParams = Type.Object({ sessionId: Type.String({ description: 'Id of the session.' }) })
const SessionList = Type.Object({ sessions: Type.Array(SessionRow), ...CountFields }, { title: 'SessionList' })

/** `/auth`: log in and out, the sessions of oneself, and the account that one acts on. */
export const sessionRoutes: Routes = (app, deps) => {
  const { store, people, audit, clock, config } = deps

  app.post(
    '/auth/login',
    {
      config: { open: true },
      schema: {
        tags,
        operationId: 'logIn',
        summary: 'Log in',
        description: 'Opens a session and sets its cookie. Browsers use it; programs use an API key.',
        body: LoginBody,
        response: { 200: CurrentSession },
      },
    },
    async (request, reply): Promise<Static<typeof CurrentSession>> => {
      refuseCrossSite(request, config.publicUrl())
      const { email, password, accountId } = request.body
      const user = await people.guard.prove(request.ip, email, password)
      if (user === null) throw apiError('UNAUTHORIZED', 'This e-mail address and password do not match.')
      const { session, current } = await enter(deps, request, reply, { user, accountId: accountId ?? null })
      await audit(request, {
        action: 'session.opened',
        accountId: session.accountId,
        actor: memberActor(user),
        target: { type: 'session', id: session.id, name: null },
      })
      return current
    },
  )

  app.post(
    '/auth/logout',
    {
      config: { kind: 'self' },
      schema: { tags, operationId: 'logOut', summary: 'End this session', response: { 200: Done } },
    },
    async (request, reply) => {
      const { userId, session } = sessionOf(request)
      await store.sessions.end(userId, session.id)
      people.sessions.forget(request, reply)
      return done('You are logged out')
    },
  )

  app.post(
    '/auth/logout-everywhere',
    {
      config: { kind: 'self' },
      schema: { tags, operationId: 'logOutEverywhere', summary: 'End every session of yours', response: { 200: Done } },
    },
    async (request, reply) => {
      const { userId } = sessionOf(request)
      await store.sessions.endAll(userId)
      people.sessions.forget(request, reply)
      await audit(request, { action: 'session.ended_everywhere' })
      return done('You are logged out everywhere')
    },
  )

  app.get(
    '/auth/session',
    {
      config: { kind: 'self' },
      schema: { tags, operationId: 'getSession', summary: 'Who you are', response: { 200: CurrentSession } },
    },
    (request) => currentOf(deps, sessionOf(request).session),
  )

  app.get(
    '/auth/sessions',
    {
      config: { kind: 'self' },
      schema: {
        tags,
        operationId: 'listSessions',
        summary: 'List your sessions',
        querystring: Type.Object(PageFields),
        response: { 200: SessionList },
      },
    },
    async (request): Promise<Static<typeof SessionList>> => {
      const { userId, session } = sessionOf(request)
      const page = pageOf(request.query)
      const running = await store.sessions.list(userId, clock.nowMs())
      const rows = running.slice(page.offset, page.offset + page.limit)
      return {
        sessions: rows.map((row) => presentSession(row, session.id)),
        ...countOf({ rows, count: running.length }, page),
      }
    },
  )

  app.delete(
    '/auth/sessions/:sessionId',
    {
      config: { kind: 'self' },
      schema: {
        tags,
        operationId: 'endSession',
        summary: 'End a session of yours',
        params: SessionParams,
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      const { userId, session } = sessionOf(request)
      const { sessionId } = request.params
      const hasEnded = isId('ses', sessionId) && (await store.sessions.end(userId, sessionId))
      if (!hasEnded) throw apiError('NOT_FOUND', 'You have no session of this id.')
      if (sessionId === session.id) people.sessions.forget(request, reply)
      return done('The session has ended')
    },
  )

  app.post(
    '/auth/switch',
    {
      config: { kind: 'self' },
      schema: {
        tags,
        operationId: 'switchAccount',
        summary: 'Act on another account of yours',
        body: SwitchBody,
        response: { 200: CurrentSession },
      },
    },
    async (request, reply) => {
      const caller = sessionOf(request)
      const places = await store.users.accountsOf(caller.userId)
      const place = places.find(({ account }) => account.id === request.body.accountId)
      if (place === undefined) throw apiError('NOT_FOUND', 'You belong to no account of this id.')
      await people.sessions.move(request, reply, caller, place.account)
      return currentOf(deps, { ...caller.session, accountId: place.account.id })
    },
  )
}
