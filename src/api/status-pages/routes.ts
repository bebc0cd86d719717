import { Type } from 'typebox'
import type { StatusPage } from '#storage'
import { accountOf } from '../auth/caller.ts'
import { findOwn, unknownId } from '../find-own.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { withReservedId } from '../http/idempotency.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { timezoneOf } from '../timezone.ts'
import { ChangedStatusPage, NewStatusPage } from './bodies.ts'
import { pageFigures } from './figures.ts'
import { presentPage, presentRow, RemovedStatusPage, StatusPageAnswer, StatusPageList } from './present.ts'
import { changedPage, newPage, requireFree, requirePageRoom } from './save.ts'

const Params = Type.Object({
  statusPageId: Type.String({ description: 'Id of the status page.', examples: ['sp_4f7k2p9x1c8w5z3a'] }),
})
const ListQuery = Type.Object(PageFields)

/** `/status-pages`: list, create, get, update, delete. What the public sees is elsewhere. */
export const statusPageRoutes: Routes = (app, deps) => {
  const { store } = deps
  const shared = { tags: ['Status Pages'] }

  const list = {
    ...shared,
    operationId: 'listStatusPages',
    summary: 'List status pages',
    querystring: ListQuery,
    response: { 200: StatusPageList },
  }
  app.get('/status-pages', { schema: list }, async (request) => {
    const page = pageOf(request.query)
    const found = await store.statusPages.list(accountOf(request).id, page)
    const publicUrl = deps.config.publicUrl()
    return { statusPages: found.rows.map((row) => presentRow(row, publicUrl)), ...countOf(found, page) }
  })

  const create = {
    ...shared,
    operationId: 'createStatusPage',
    summary: 'Create a status page',
    description: 'Slug and domain are unique over all accounts of the instance.',
    body: NewStatusPage,
    response: { 201: StatusPageAnswer },
  }
  app.post(
    '/status-pages',
    { schema: create, config: { creates: true, reservesId: 'sp', kind: 'manage' } },
    async (request, reply) => {
      const account = accountOf(request)
      // In turn per account, so that two at once can't both take the last place of the plan.
      const page = await deps.inTurn(account.id, async () => {
        const page = newPage(withReservedId(deps, request), account.id, request.body)
        requirePageRoom(account, await store.statusPages.count(account.id))
        requireFree(await store.statusPages.create(page), page)
        await deps.audit(request, { action: 'statusPage.created', target: targetOf(page), after: toldOf(page) })
        return page
      })
      setRevision(reply, revisionOf(page))
      reply.code(201).header('location', `/api/v1/status-pages/${page.id}`)
      return await show(page)
    },
  )

  const get = {
    ...shared,
    operationId: 'getStatusPage',
    summary: 'Get a status page',
    description: 'With its overall status, and of each monitor the status, uptime and the last 90 days.',
    params: Params,
    response: { 200: StatusPageAnswer },
  }
  app.get('/status-pages/:statusPageId', { schema: get }, async (request, reply) => {
    const page = await findPage(deps, accountOf(request).id, request.params.statusPageId)
    setRevision(reply, revisionOf(page))
    return await show(page)
  })

  const update = {
    ...shared,
    operationId: 'updateStatusPage',
    summary: 'Update a status page',
    description: 'Only what is given changes. A list of monitors or groups replaces the one before.',
    params: Params,
    body: ChangedStatusPage,
    response: { 200: StatusPageAnswer },
  }
  app.put('/status-pages/:statusPageId', { schema: update, config: { kind: 'manage' } }, async (request, reply) => {
    const { statusPageId } = request.params
    const page = await deps.inTurn(statusPageId, async () => {
      const stored = await findPage(deps, accountOf(request).id, statusPageId)
      requireMatch(request, revisionOf(stored))
      const changed = changedPage(deps, stored, request.body)
      if (revisionOf({ ...changed, updatedAtMs: stored.updatedAtMs }) === revisionOf(stored)) return stored
      const outcome = await store.statusPages.update(changed)
      if (outcome === 'unknown') throw unknownId('sp')
      requireFree(outcome, changed)
      const sides = { before: toldOf(stored), after: toldOf(changed) }
      await deps.audit(request, { action: 'statusPage.updated', target: targetOf(changed), ...sides })
      return changed
    })
    setRevision(reply, revisionOf(page))
    return await show(page)
  })

  const remove = {
    ...shared,
    operationId: 'deleteStatusPage',
    summary: 'Delete a status page',
    description: 'Its slug and domain are free from then on. Its monitors stay.',
    params: Params,
    response: { 200: RemovedStatusPage },
  }
  app.delete('/status-pages/:statusPageId', { schema: remove }, async (request) => {
    const { statusPageId } = request.params
    await deps.inTurn(statusPageId, async () => {
      const stored = await findPage(deps, accountOf(request).id, statusPageId)
      requireMatch(request, revisionOf(stored))
      await store.statusPages.delete(stored.accountId, stored.id)
      await deps.audit(request, { action: 'statusPage.deleted', target: targetOf(stored), before: toldOf(stored) })
    })
    return { success: true as const, message: 'Status page deleted successfully' }
  })

  async function show(page: StatusPage) {
    const timezone = page.timezone ?? (await timezoneOf(store, page.accountId))
    const figures = await pageFigures(deps, page, timezone)
    return presentPage(page, figures, deps.config.publicUrl())
  }
}

/** The account's page of this id. Throws `ApiError`. */
function findPage({ store }: RouteDeps, accountId: string, id: string): Promise<StatusPage> {
  return findOwn('sp', id, () => store.statusPages.get(accountId, id))
}

function targetOf({ id, name }: StatusPage) {
  return { type: 'statusPage', id, name }
}

/** What the audit log tells of a page. */
function toldOf({ id: _id, accountId: _accountId, createdAtMs: _made, updatedAtMs: _changed, ...fields }: StatusPage) {
  return fields
}
