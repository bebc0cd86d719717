import { type Static, Type } from 'typebox'
import { PLAN_LIMITS } from '#domain'
import type { Account, AccountProfile } from '#storage'
import { accountOf } from '../auth/caller.ts'
import { windowAt, windowEndMs } from '../auth/rate-limiter.ts'
import { OneLine, readOnly } from '../body-fields.ts'
import { apiError, invalid, type Problem } from '../errors.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { isoSeconds } from '../http/times.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import { Email } from '../session/person-fields.ts'
import { timezoneProblem } from '../timezone.ts'
import { ShownAccount, Usage } from './answers.ts'

const DAY_MS = 86_400_000
const PERIOD_DAYS = 30
const config = { permission: 'admin' as const }
const tags = ['Account']

const AccountChanges = Type.Object(
  {
    name: Type.Optional(OneLine(200, { examples: ['Example Ltd'] })),
    email: Type.Optional(
      Type.Union([Email, Type.Null()], {
        description: "Null: the owner's own address.",
        expected: 'an e-mail address, or null',
      }),
    ),
    language: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47.', examples: ['en', 'de-CH'] })),
    timezone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA name.', examples: ['Europe/Berlin'] })),
    ...readOnly('id', 'accountStatus', 'plan', 'createdAt', 'limits'),
  },
  { additionalProperties: false, title: 'AccountChanges' },
)

/** `/account` and `/account/usage`. */
export const accountRoutes: Routes = (app, deps) => {
  const { store, clock } = deps

  app.get(
    '/account',
    {
      config,
      schema: { tags, operationId: 'getAccount', summary: 'Get the account', response: { 200: ShownAccount } },
    },
    async (request, reply) => {
      const account = accountOf(request)
      const profile = await profileOf(deps, account)
      setRevision(reply, revisionOf(profile))
      return show(account, profile)
    },
  )

  app.put(
    '/account',
    {
      config,
      schema: {
        tags,
        operationId: 'updateAccount',
        summary: 'Change the account',
        description: 'The plan and whether the account is suspended are up to the operator of the server.',
        body: AccountChanges,
        response: { 200: ShownAccount },
      },
    },
    async (request, reply) => {
      const account = accountOf(request)
      const changed = await deps.inTurn(account.id, async () => {
        const stored = await profileOf(deps, account)
        requireMatch(request, revisionOf(stored))
        const next = changedProfile(stored, request.body, await ownerEmail(deps, account))
        await store.accounts.setProfile(account.id, next)
        deps.callersChanged()
        const target = { type: 'account', id: account.id, name: next.name }
        await deps.audit(request, { action: 'account.updated', target, before: stored, after: next })
        return next
      })
      setRevision(reply, revisionOf(changed))
      return show(account, changed)
    },
  )

  app.get(
    '/account/usage',
    {
      config,
      schema: {
        tags,
        operationId: 'getAccountUsage',
        summary: 'Get what the account has used',
        description: 'Requests by API keys; those of the dashboard are not counted.',
        response: { 200: Usage },
      },
    },
    async (request): Promise<Static<typeof Usage>> => {
      const { id, plan } = accountOf(request)
      const { requestsPerHour: limit, monitors } = PLAN_LIMITS[plan]
      const nowMs = clock.nowMs()
      const today = Math.floor(nowMs / DAY_MS)
      const from = today - PERIOD_DAYS + 1
      await deps.requests.counter.flush()
      const counts = [...(await store.requests.counts(id, { from, to: today + 1 }))].sort(
        ([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1),
      )
      const used = await deps.requests.rateLimiter.used(id, nowMs)
      return {
        totalRequests: counts.reduce((sum, [, count]) => sum + count, 0),
        requestsByEndpoint: Object.fromEntries(counts.map(([endpoint, count]) => [shortName(endpoint), count])),
        period: { from: isoSeconds(from * DAY_MS), to: isoSeconds(nowMs) },
        rateLimit: {
          limit,
          used,
          remaining: Math.max(0, limit - used),
          resetAt: isoSeconds(windowEndMs(windowAt(nowMs))),
        },
        monitors: { limit: monitors, used: await store.monitors.count(id) },
      }
    },
  )

  async function show(account: Account, { name, email, language, timezone }: AccountProfile) {
    const { shortestIntervalS, ...limits } = PLAN_LIMITS[account.plan]
    return {
      id: account.id,
      email: email ?? (await ownerEmail(deps, account)),
      name,
      accountStatus: account.isSuspended ? ('suspended' as const) : ('active' as const),
      plan: account.plan,
      language,
      timezone,
      createdAt: isoSeconds(account.createdAtMs),
      limits: { ...limits, shortestInterval: shortestIntervalS },
    }
  }
}

/** The stored profile with the given fields laid over it. Throws `ApiError` that lists every problem. */
function changedProfile(
  stored: AccountProfile,
  body: Static<typeof AccountChanges>,
  ownersEmail: string | null,
): AccountProfile {
  const problems: Problem[] = []
  const language = body.language === undefined ? stored.language : canonicalLanguage(body.language)
  if (language === null) problems.push({ path: 'language', message: 'expected a language tag such as en or de-CH' })
  const timezone = body.timezone ?? stored.timezone
  const zoneProblem = timezone === stored.timezone ? null : timezoneProblem(timezone)
  if (zoneProblem !== null) problems.push({ path: 'timezone', message: zoneProblem })
  if (language === null || problems.length > 0) throw invalid(problems)
  // What was shown in place of none is no address of its own when it is sent back.
  const isEcho = stored.email === null && body.email === ownersEmail
  const email = body.email === undefined || isEcho ? stored.email : body.email
  return { name: body.name ?? stored.name, email, language, timezone }
}

function canonicalLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

async function profileOf({ store }: RouteDeps, account: Account): Promise<AccountProfile> {
  const profile = await store.accounts.profile(account.id)
  if (profile === null) throw apiError('NOT_FOUND', 'This account is gone.')
  return profile
}

async function ownerEmail({ store }: RouteDeps, account: Account): Promise<string | null> {
  return (await store.members.firstOwner(account.id))?.email ?? null
}

/** `GET /api/v1/monitors/:monitorId` as documents write it: `GET /monitors/{monitorId}`. */
function shortName(endpoint: string): string {
  return endpoint.replace(' /api/v1', ' ').replace(/:([A-Za-z]+)(\([^/]*\))?/g, '{$1}')
}
