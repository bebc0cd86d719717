import type { Static } from 'typebox'
import { PLAN_LIMITS } from '#domain'
import type { Account, StatusPage, TakenAddress } from '#storage'
import { apiError, invalid, type Problem } from '../errors.ts'
import { ownMonitor } from '../monitors/find.ts'
import type { RouteDeps } from '../routes.ts'
import { timezoneProblem } from '../timezone.ts'
import { pictureProblem, readHostName, slugProblem } from './address.ts'
import type { ChangedStatusPage, NewStatusPage } from './bodies.ts'
import { readLayout } from './components.ts'

type Deps = Pick<RouteDeps, 'engine' | 'config' | 'newId' | 'clock' | 'store'>
type Body = Static<typeof ChangedStatusPage>

/** A page that is not stored yet. Throws `ApiError` that lists every problem. */
export function newPage(deps: Deps, accountId: string, body: Static<typeof NewStatusPage>): StatusPage {
  const nowMs = deps.clock.nowMs()
  const blank: StatusPage = {
    id: deps.newId('sp'),
    accountId,
    name: body.name,
    slug: body.slug,
    customDomain: null,
    isPublic: true,
    description: null,
    companyName: null,
    theme: 'system',
    brandColor: null,
    logoUrl: null,
    faviconUrl: null,
    timezone: null,
    groups: [],
    components: [],
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  return laidOver(deps, blank, body)
}

/** The stored page with the given fields laid over it. Throws `ApiError` that lists every problem. */
export function changedPage(deps: Deps, stored: StatusPage, body: Body): StatusPage {
  return { ...laidOver(deps, stored, body), updatedAtMs: deps.clock.nowMs() }
}

function laidOver(deps: Deps, stored: StatusPage, body: Body): StatusPage {
  const problems: Problem[] = []
  const note = (path: string, message: string | null) => {
    if (message !== null) problems.push({ path, message })
  }
  if (body.slug !== undefined) note('slug', slugProblem(body.slug))
  if (body.logoUrl != null) note('logoUrl', pictureProblem(body.logoUrl))
  if (body.faviconUrl != null) note('faviconUrl', pictureProblem(body.faviconUrl))
  if (body.timezone != null) note('timezone', timezoneProblem(body.timezone))
  const customDomain = readDomain(body.customDomain, deps.config.publicUrl(), note)
  const nameOf = (monitorId: string) => ownMonitor(deps, stored.accountId, monitorId)?.settings.name ?? null
  const layout = readLayout(body, stored, nameOf, problems)
  if (problems.length > 0) throw invalid(problems)
  const given = <Value>(value: Value | undefined, before: Value) => (value === undefined ? before : value)
  return {
    ...stored,
    ...layout,
    name: body.name ?? stored.name,
    slug: body.slug ?? stored.slug,
    customDomain: given(customDomain, stored.customDomain),
    isPublic: given(body.isPublic, stored.isPublic) ?? true,
    description: given(body.description, stored.description),
    companyName: given(body.companyName, stored.companyName),
    theme: given(body.theme, stored.theme) ?? 'system',
    brandColor: given(body.brandColor, stored.brandColor),
    logoUrl: given(body.logoUrl, stored.logoUrl),
    faviconUrl: given(body.faviconUrl, stored.faviconUrl),
    timezone: given(body.timezone, stored.timezone),
  }
}

function readDomain(
  given: string | null | undefined,
  publicUrl: string,
  note: (path: string, message: string) => void,
): string | null | undefined {
  if (given === undefined || given === null) return given
  const name = readHostName(given)
  if (name === null) {
    note('customDomain', 'expected a host name such as status.example.com, without https:// and path')
    return null
  }
  if (URL.canParse(publicUrl) && new URL(publicUrl).hostname === name)
    note('customDomain', 'is the address of this server itself; its pages are under /s/ there')
  return name
}

/** Refuses one page more than the plan has room for. */
export function requirePageRoom({ plan }: Account, pageCount: number): void {
  const { statusPages } = PLAN_LIMITS[plan]
  if (statusPages === null || pageCount < statusPages) return
  const allowed = `${statusPages} status page${statusPages === 1 ? '' : 's'}`
  throw apiError(
    'FORBIDDEN',
    `The ${plan} plan allows ${allowed}, and this account has ${pageCount}. Delete one, or raise the plan.`,
  )
}

/** Refuses an address that another page has. */
export function requireFree(taken: TakenAddress | null, page: StatusPage): void {
  if (taken === null) return
  const [what, value] = taken === 'slug' ? ['slug', page.slug] : ['domain', page.customDomain]
  throw apiError('CONFLICT', `Another status page has the ${what} ${value}. Choose another.`, {
    details: [{ path: taken, message: 'is taken by another status page' }],
  })
}
