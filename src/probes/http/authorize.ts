import type { Hop } from './hop.ts'
import type { HttpPlan } from './plan.ts'
import { bySize } from './redact.ts'

const last = new WeakMap<HttpPlan, { token: string; plan: HttpPlan }>()

/** The plan with a token in its requests to the monitor's own origin. */
export function withToken(plan: HttpPlan, token: string): HttpPlan {
  const before = last.get(plan)
  if (before?.token === token) return before.plan
  const header: [string, string] = ['Authorization', `Bearer ${token}`]
  const firstHop: Hop = { ...plan.firstHop, headers: [...withoutAuthorization(plan.firstHop.headers), ...header] }
  const authorized: HttpPlan = {
    ...plan,
    firstHop,
    ownHeaders: [...plan.ownHeaders, header],
    secrets: bySize([...plan.secrets, token]),
  }
  last.set(plan, { token, plan: authorized })
  return authorized
}

/** The user info of a URL is sent as Basic; a token takes its place. */
function withoutAuthorization(headers: readonly string[]): string[] {
  const kept: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() !== 'authorization') kept.push(headers[i] ?? '', headers[i + 1] ?? '')
  }
  return kept
}
