import { type Static, Type } from 'typebox'
import type { ApiKey, Permission } from '#storage'
import { newApiKey } from '../auth/api-key.ts'
import { accountOf, type Caller, callerOf } from '../auth/caller.ts'
import { apiError, invalid, type Problem } from '../errors.ts'
import { findOwn } from '../find-own.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { isoSeconds } from '../http/times.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { isLive, KeyList, MadeKey, presentKey, RevokedKey, RotatedKey, ShownKey } from './answers.ts'
import { ChangedKey, graceMsOf, NewKey, Rotation, readExpiry, readPermissions } from './body.ts'

const KeyParams = Type.Object({ keyId: Type.String({ description: 'Id of the key.' }) })
const ListQuery = Type.Object(PageFields)
const config = { permission: 'admin' as const }
const tags = ['API Keys']

/** `/api-keys`: list, create, get, change, revoke, rotate. All under `admin`. */
export const apiKeyRoutes: Routes = (app, deps) => {
  const { store, clock } = deps

  app.get(
    '/api-keys',
    {
      config,
      schema: {
        tags,
        operationId: 'listApiKeys',
        summary: 'List API keys',
        description: 'Newest first, with those that have expired or were revoked.',
        querystring: ListQuery,
        response: { 200: KeyList },
      },
    },
    async (request) => {
      const page = pageOf(request.query)
      const found = await store.keys.page(accountOf(request).id, page)
      const nowMs = clock.nowMs()
      return { apiKeys: found.rows.map((key) => presentKey(key, nowMs)), ...countOf(found, page) }
    },
  )

  app.post(
    '/api-keys',
    {
      config: { ...config, creates: true },
      schema: {
        tags,
        operationId: 'createApiKey',
        summary: 'Create an API key',
        description:
          'The answer is the only one that shows the key itself. A key can give no permission that it lacks.',
        body: NewKey,
        response: { 201: MadeKey },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const problems: Problem[] = []
      const permissions = readPermissions(request.body.permissions, problems) ?? ['read']
      const nowMs = clock.nowMs()
      const expiresAtMs = readExpiry(request.body, { nowMs, stored: null, problems }) ?? null
      if (problems.length > 0) throw invalid(problems)
      requireGivable(caller, permissions)
      const { row, key } = freshKey(deps, caller, { name: request.body.name, permissions, expiresAtMs })
      await store.keys.create(row)
      await store.durable()
      await deps.audit(request, { action: 'apiKey.created', target: targetOf(row), after: told(row) })
      setRevision(reply, revision(row))
      reply.code(201).header('location', `/api/v1/api-keys/${row.id}`).header('cache-control', 'no-store')
      return { ...presentKey(row, nowMs), key }
    },
  )

  app.get(
    '/api-keys/:keyId',
    {
      config,
      schema: {
        tags,
        operationId: 'getApiKey',
        summary: 'Get an API key',
        params: KeyParams,
        response: { 200: ShownKey },
      },
    },
    async (request, reply) => {
      const key = await findKey(deps, accountOf(request).id, request.params.keyId)
      setRevision(reply, revision(key))
      return presentKey(key, clock.nowMs())
    },
  )

  app.put(
    '/api-keys/:keyId',
    {
      config,
      schema: {
        tags,
        operationId: 'updateApiKey',
        summary: 'Change an API key',
        description: 'Its name, permissions and expiry. The key itself stays; rotate it for another.',
        params: KeyParams,
        body: ChangedKey,
        response: { 200: ShownKey },
      },
    },
    async (request, reply) => {
      const { keyId } = request.params
      const changed = await deps.inTurn(keyId, async () => {
        const stored = await findKey(deps, accountOf(request).id, keyId)
        requireMatch(request, revision(stored))
        requireNotRevoked(stored)
        const problems: Problem[] = []
        const nowMs = clock.nowMs()
        const permissions = readPermissions(request.body.permissions, problems) ?? stored.permissions
        const expiry = readExpiry(request.body, { nowMs, stored, problems })
        if (request.body.isActive === false && isLive(stored, nowMs))
          problems.push({ path: 'isActive', message: 'can’t be set; DELETE revokes a key' })
        if (problems.length > 0) throw invalid(problems)
        requireGivable(
          callerOf(request),
          permissions.filter((permission) => !stored.permissions.includes(permission)),
        )
        const name = request.body.name ?? stored.name
        const next = { ...stored, name, permissions, expiresAtMs: expiry === undefined ? stored.expiresAtMs : expiry }
        if (!(await store.keys.update(stored.accountId, stored.id, next))) throw revokedMeanwhile()
        deps.callersChanged()
        await deps.audit(request, {
          action: 'apiKey.updated',
          target: targetOf(next),
          before: told(stored),
          after: told(next),
        })
        return next
      })
      setRevision(reply, revision(changed))
      return presentKey(changed, clock.nowMs())
    },
  )

  app.delete(
    '/api-keys/:keyId',
    {
      config,
      schema: {
        tags,
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description: 'It is refused from now on, and stays in the list. A key may revoke itself.',
        params: KeyParams,
        response: { 200: RevokedKey },
      },
    },
    async (request) => {
      const { keyId } = request.params
      const stored = await deps.inTurn(keyId, async () => {
        const key = await findKey(deps, accountOf(request).id, keyId)
        requireMatch(request, revision(key))
        if (await store.keys.revoke(key.id, clock.nowMs())) {
          await store.durable()
          deps.callersChanged()
          await deps.audit(request, { action: 'apiKey.revoked', target: targetOf(key), before: told(key) })
        }
        return key
      })
      const warnings = await lastAdminWarning(deps, stored)
      return {
        success: true as const,
        message: 'API key revoked successfully',
        ...(warnings.length === 0 ? {} : { warnings }),
      }
    },
  )

  app.post(
    '/api-keys/:keyId/rotate',
    {
      config: { ...config, creates: true },
      schema: {
        tags,
        operationId: 'rotateApiKey',
        summary: 'Rotate an API key',
        description:
          'Makes a new key with the same name and permissions, shown this once. The old one still works for `graceSeconds`. ' +
          'Unless the request says otherwise, a new key lives as long as the old one was to.',
        params: KeyParams,
        body: Type.Optional(Rotation),
        response: { 201: RotatedKey },
      },
    },
    async (request, reply) => {
      const { keyId } = request.params
      const { old, row, key } = await deps.inTurn(keyId, () => rotate(callerOf(request), keyId, request.body))
      await deps.audit(request, {
        action: 'apiKey.rotated',
        target: targetOf(old),
        before: { id: old.id, expiresAt: isoSeconds(old.expiresAtMs) },
        after: { id: row.id, expiresAt: isoSeconds(row.expiresAtMs) },
      })
      setRevision(reply, revision(row))
      reply.code(201).header('location', `/api/v1/api-keys/${row.id}`).header('cache-control', 'no-store')
      const replaces = { id: old.id, expiresAt: isoSeconds(old.expiresAtMs) }
      return { ...presentKey(row, clock.nowMs()), key, replaces }
    },
  )

  async function rotate(caller: Caller, keyId: string, body: Static<typeof Rotation>) {
    const stored = await findKey(deps, caller.account.id, keyId)
    requireNotRevoked(stored)
    const nowMs = clock.nowMs()
    if (!isLive(stored, nowMs)) throw apiError('CONFLICT', 'This key has expired. Make a new one instead.')
    // The new key is shown to whoever asks for it.
    requireGivable(caller, stored.permissions)
    const problems: Problem[] = []
    const given = readExpiry(body, { nowMs, stored: null, problems })
    if (problems.length > 0) throw invalid(problems)
    const { createdAtMs, expiresAtMs } = stored
    const sameSpan = expiresAtMs === null ? null : nowMs + (expiresAtMs - createdAtMs)
    const { row, key } = freshKey(deps, caller, { ...stored, expiresAtMs: given === undefined ? sameSpan : given })
    const endsAtMs = Math.min(nowMs + graceMsOf(body), expiresAtMs ?? Number.POSITIVE_INFINITY)
    if (!(await store.keys.rotate(stored.id, endsAtMs, row)))
      throw apiError('CONFLICT', 'This key was rotated or revoked before. The newest key of this name takes its place.')
    await store.durable()
    deps.callersChanged()
    return { old: { ...stored, expiresAtMs: endsAtMs }, row, key }
  }
}

/** A key that is not stored yet. It belongs to whoever asks for it, and to nobody where a key without a maker does. */
function freshKey(
  deps: RouteDeps,
  caller: Caller,
  { name, permissions, expiresAtMs }: Pick<ApiKey, 'name' | 'permissions' | 'expiresAtMs'>,
): { row: ApiKey; key: string } {
  const { key, hash, prefix } = newApiKey((size) => deps.randomBytes(size))
  const row = {
    id: deps.newId('key'),
    accountId: caller.account.id,
    name,
    prefix,
    hash,
    permissions,
    createdAtMs: deps.clock.nowMs(),
    expiresAtMs,
    revokedAtMs: null,
    lastUsedAtMs: null,
    createdBy: caller.userId,
  }
  return { row, key }
}

/** Nobody gives what they lack. Throws `ApiError`. */
function requireGivable(caller: Caller, permissions: Permission[]): void {
  const missing = permissions.filter((permission) => !caller.permissions.includes(permission))
  if (missing.length === 0) return
  const named = missing.map((permission) => `"${permission}"`).join(' and ')
  const whose = caller.kind === 'key' ? 'This API key lacks' : 'Your role lacks'
  throw apiError('FORBIDDEN', `${whose} ${named}, so it can't give that to another key.`)
}

function requireNotRevoked({ revokedAtMs }: ApiKey): void {
  if (revokedAtMs !== null) throw revokedMeanwhile()
}

function revokedMeanwhile() {
  return apiError('CONFLICT', 'This key was revoked, which is for good. Make a new one instead.')
}

/** A revocation is never refused: a key that leaked must end. What it means is said. */
async function lastAdminWarning({ store, clock }: RouteDeps, revoked: ApiKey): Promise<string[]> {
  if (!revoked.permissions.includes('admin')) return []
  const keys = await store.keys.list(revoked.accountId)
  const nowMs = clock.nowMs()
  if (keys.some((key) => key.permissions.includes('admin') && isLive(key, nowMs))) return []
  return [
    'This was the last key with "admin". New ones can be made by an owner or admin, or by `statusapp keys create`.',
  ]
}

/** The account's key of this id. Throws `ApiError`. */
function findKey({ store }: RouteDeps, accountId: string, id: string): Promise<ApiKey> {
  return findOwn('key', id, () => store.keys.get(accountId, id))
}

function revision({ name, permissions, expiresAtMs, revokedAtMs }: ApiKey): string {
  return revisionOf({ name, permissions, expiresAtMs, revokedAtMs })
}

function targetOf({ id, name }: ApiKey) {
  return { type: 'apiKey', id, name }
}

function told({ name, permissions, expiresAtMs }: ApiKey) {
  return { name, permissions, expiresAt: isoSeconds(expiresAtMs) }
}
