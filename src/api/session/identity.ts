import { type LoginGuard, loginGuard } from '../auth/login-guard.ts'
import { type Passwords, passwords } from '../auth/passwords.ts'
import { type Sessions, sessions } from '../auth/sessions.ts'
import type { ApiDeps } from '../deps.ts'

/** What the routes of people and sessions share. */
export interface Identity {
  sessions: Sessions
  passwords: Passwords
  guard: LoginGuard
}

/** Sessions, passwords and the guard of both over the same parts. */
export function identity(deps: ApiDeps): Identity {
  const hasher = deps.passwords ?? passwords((size) => deps.randomBytes(size))
  return {
    sessions: sessions(deps),
    passwords: hasher,
    guard: loginGuard(deps.store.users, hasher, deps.clock),
  }
}
