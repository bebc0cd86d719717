import { type Static, Type } from 'typebox'
import { AUDIT_ACTORS, type AuditEntry, type AuditFilter } from '#storage'
import { CountFields, OrNull, Time } from '../answer-fields.ts'
import { accountOf } from '../auth/caller.ts'
import { isoSeconds } from '../http/times.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { Routes } from '../routes.ts'
import { RangeFields, rangeOf } from '../time-range.ts'

const Fields = OrNull(Type.Record(Type.String(), Type.Unknown()))

const Entry = Type.Object(
  {
    id: Type.String({ examples: ['aud_k3v9x0q2m7c1w8ta'] }),
    at: Time('When it was done.'),
    action: Type.String({ description: 'The thing and what happened to it.', examples: ['monitor.updated'] }),
    actor: Type.Object({
      type: Type.Enum(AUDIT_ACTORS, { description: '`operator` is the command line, `system` the product itself.' }),
      id: OrNull(Type.String({ examples: ['key_k3v9x0q2m7c1w8ta'] })),
      name: Type.String({ description: 'As it was called then.', examples: ['ci'] }),
    }),
    target: OrNull(
      Type.Object({
        type: Type.String({ examples: ['monitor'] }),
        id: OrNull(Type.String()),
        name: OrNull(Type.String()),
      }),
    ),
    before: Type.With(Fields, { description: 'The fields that changed as they were; secrets are masked.' }),
    after: Type.With(Fields, { description: 'The same fields as they are now.' }),
    requestId: OrNull(Type.String(), '`X-Request-Id` of the request.'),
    address: OrNull(Type.String(), 'Where the request came from.'),
  },
  { title: 'AuditEntry' },
)

const AuditLog = Type.Object({ entries: Type.Array(Entry), ...CountFields }, { title: 'AuditLog' })

const ListQuery = Type.Object({
  ...PageFields,
  ...RangeFields,
  action: Type.Optional(Type.String({ maxLength: 100, description: 'Such as `monitor.updated`.' })),
  actor: Type.Optional(Type.String({ maxLength: 100, description: 'Id of a key or a member.' })),
  target: Type.Optional(Type.String({ maxLength: 100, description: 'Id of what was changed, or its type.' })),
})

/** `GET /audit-log`: who changed what, when and from where. */
export const auditRoutes: Routes = (app, { store }) => {
  app.get(
    '/audit-log',
    {
      config: { permission: 'admin' },
      schema: {
        tags: ['Account'],
        operationId: 'listAuditLog',
        summary: 'List the audit log',
        description: 'Who changed what, newest first. Entries are kept for 365 days.',
        querystring: ListQuery,
        response: { 200: AuditLog },
      },
    },
    async (request): Promise<Static<typeof AuditLog>> => {
      const page = pageOf(request.query)
      const found = await store.audit.list(accountOf(request).id, filterOf(request.query), page)
      return { entries: found.rows.map(present), ...countOf(found, page) }
    },
  )
}

function filterOf({ from, to, action, actor, target }: Static<typeof ListQuery>): AuditFilter {
  return {
    ...rangeOf({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }),
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { actorId: actor }),
    // Ids have an underscore, types have none.
    ...(target === undefined ? {} : target.includes('_') ? { targetId: target } : { targetType: target }),
  }
}

function present({ id, atMs, action, actor, target, before, after, requestId, address }: AuditEntry) {
  return { id, at: isoSeconds(atMs), action, actor, target, before, after, requestId, address }
}
