import { type Static, Type } from 'typebox'
import { rolesGivable } from '#domain'
import type { ApiKey, Member } from '#storage'
import { CountFields } from '../answer-fields.ts'
import { accountOf, callerOf } from '../auth/caller.ts'
import { readOnly } from '../body-fields.ts'
import { apiError, invalid } from '../errors.ts'
import { findOwn, unknownId } from '../find-own.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { Done, done } from '../session/present.ts'
import { MemberView, presentMember, RoleField } from './present.ts'

const tags = ['Team']
const MemberParams = Type.Object({ memberId: Type.String({ description: 'Id of the member.' }) })
const MemberList = Type.Object({ members: Type.Array(MemberView), ...CountFields }, { title: 'MemberList' })
const RoleBody = Type.Object(
  { role: RoleField, ...readOnly('id', 'email', 'name', 'status', 'acceptedAt') },
  { additionalProperties: false },
)
const RemoveQuery = Type.Object({
  keepKeys: Type.Optional(
    Type.String({
      maxLength: 5_000,
      description:
        'API keys of theirs to keep, by name or id, with commas between; they are yours from then on. The others are revoked.',
      examples: ['ci,deploy'],
    }),
  ),
})
const LAST_OWNER = 'An account needs an owner. Make somebody else an owner first.'

/** `/team/members`: who belongs to the account, and as what. */
export const memberRoutes: Routes = (app, deps) => {
  const { store, audit, clock } = deps

  app.get(
    '/team/members',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'listMembers',
        summary: 'List the members',
        querystring: Type.Object(PageFields),
        response: { 200: MemberList },
      },
    },
    async (request): Promise<Static<typeof MemberList>> => {
      const page = pageOf(request.query)
      const found = await store.members.list(accountOf(request).id, page)
      return { members: found.rows.map(presentMember), ...countOf(found, page) }
    },
  )

  app.get(
    '/team/members/:memberId',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'getMember',
        summary: 'Get a member',
        params: MemberParams,
        response: { 200: MemberView },
      },
    },
    async (request, reply) => {
      const member = await findMember(deps, accountOf(request).id, request.params.memberId)
      setRevision(reply, revisionOf(member))
      return presentMember(member)
    },
  )

  app.put(
    '/team/members/:memberId',
    {
      config: { permission: 'admin', kind: 'own' },
      schema: {
        tags,
        operationId: 'changeRole',
        summary: 'Change the role of a member',
        description: 'For owners. It counts from the next request on, for the keys that they made too.',
        params: MemberParams,
        body: RoleBody,
        response: { 200: MemberView },
      },
    },
    async (request, reply) => {
      const accountId = accountOf(request).id
      const { role } = request.body
      const before = await findMember(deps, accountId, request.params.memberId)
      requireMatch(request, revisionOf(before))
      const outcome = await store.members.setRole(accountId, before.id, role)
      if (outcome === 'unknown') throw unknownId('mem')
      if (outcome === 'last-owner') throw apiError('CONFLICT', LAST_OWNER)
      deps.callersChanged()
      const after = { ...before, role }
      await audit(request, {
        action: 'member.role_changed',
        target: targetOf(after),
        before: { role: before.role },
        after: { role },
      })
      setRevision(reply, revisionOf(after))
      return presentMember(after)
    },
  )

  app.delete(
    '/team/members/:memberId',
    {
      config: { permission: 'admin' },
      schema: {
        tags,
        operationId: 'removeMember',
        summary: 'Remove a member',
        description: 'Ends their sessions at once, and revokes the API keys that they made but those to keep.',
        params: MemberParams,
        querystring: RemoveQuery,
        response: { 200: Done },
      },
    },
    async (request) => {
      const accountId = accountOf(request).id
      const { role, userId } = callerOf(request)
      const member = await findMember(deps, accountId, request.params.memberId)
      requireMatch(request, revisionOf(member))
      if (role !== null && !rolesGivable(role).includes(member.role))
        throw apiError('FORBIDDEN', 'Only an owner removes an owner.')
      const made = (await store.keys.list(accountId)).filter(
        ({ createdBy, revokedAtMs }) => createdBy === member.userId && revokedAtMs === null,
      )
      const kept = keptKeys(made, request.query.keepKeys)
      if (kept.length > 0 && userId === member.userId)
        throw invalid([{ path: 'keepKeys', message: 'is for somebody else to say: your keys go with you' }])
      const keys = { keptIds: kept.map(({ id }) => id), keeperId: userId, atMs: clock.nowMs() }
      const outcome = await store.members.remove(accountId, member.id, keys)
      if (outcome === 'unknown') throw unknownId('mem')
      if (outcome === 'last-owner') throw apiError('CONFLICT', LAST_OWNER)
      deps.callersChanged()
      await audit(request, {
        action: 'member.removed',
        target: targetOf(member),
        before: { role: member.role, keys: made.map(({ name }) => name) },
        after: { role: null, keys: kept.map(({ name }) => name) },
      })
      return done('The member was removed')
    },
  )
}

/** The keys that are named, by name or id. Throws `ApiError` when one is none of theirs. */
function keptKeys(made: ApiKey[], text: string | undefined): ApiKey[] {
  const wanted = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const kept = made.filter(({ id, name }) => wanted.includes(id) || wanted.includes(name))
  const unknown = wanted.filter((word) => !kept.some(({ id, name }) => word === id || word === name))
  if (unknown.length > 0)
    throw invalid([{ path: 'keepKeys', message: `names no key that they made: ${unknown.slice(0, 5).join(', ')}` }])
  return kept
}

function targetOf({ id, email }: Member) {
  return { type: 'member', id, name: email }
}

/** The account's member of this id. Throws `ApiError`. */
function findMember({ store }: RouteDeps, accountId: string, id: string): Promise<Member> {
  return findOwn('mem', id, () => store.members.get(accountId, id))
}
