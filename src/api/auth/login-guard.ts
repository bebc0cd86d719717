import { type Clock, foldEmail } from '#domain'
import type { User, UserRepository } from '#storage'
import { type ApiError, tooMany } from '../errors.ts'
import { attemptLimit, networkOf } from './attempt-limit.ts'
import type { Passwords } from './passwords.ts'

const KNOWN_MAX = 10_000

/** Tells whether a password is right, and makes guessing slow: by address, and by e-mail address from wherever. */
export interface LoginGuard {
  /** The person of this e-mail and password; null when they don't match. Throws `ApiError` (429). */
  prove(address: string, email: string, password: string): Promise<User | null>
  /** Takes a try of an address for what needs no password but costs work or could be guessed. Throws `ApiError` (429). */
  take(address: string): void
  /** The try was right: it costs nothing. */
  giveBack(address: string): void
  /** Takes the right to make an account. Throws `ApiError` (429). */
  takeAccount(address: string): void
}

/** Counts tries in memory: a restart forgets them. */
export function loginGuard(
  users: Pick<UserRepository, 'byEmail' | 'rehash'>,
  passwords: Passwords,
  clock: Clock,
): LoginGuard {
  const byAddress = attemptLimit(clock, { burst: 10, refillMs: 6_000 })
  const byEmail = attemptLimit(clock, { burst: 20, refillMs: 30_000 })
  const newAccounts = attemptLimit(clock, { burst: 10, refillMs: 60_000 })
  // Somebody who logged in from an address before is not kept out by strangers who guess.
  const known = new Set<string>()

  function takeAddress(address: string): void {
    const waitS = byAddress.take(networkOf(address))
    if (waitS !== null) throw tooManyTries('came from your address', waitS)
  }

  return {
    take: takeAddress,
    giveBack: (address) => byAddress.giveBack(networkOf(address)),
    takeAccount(address) {
      const waitS = newAccounts.take(networkOf(address))
      if (waitS !== null) throw tooManyTries('came from your address', waitS)
    },
    async prove(address, email, password) {
      const name = foldEmail(email)
      const place = `${networkOf(address)} ${name}`
      takeAddress(address)
      const isKnown = known.has(place)
      const waitS = isKnown ? null : byEmail.take(name)
      if (waitS !== null) throw tooManyTries('were made for this e-mail address', waitS)
      const user = await users.byEmail(email)
      const isRight = await passwords.verify(password, user?.passwordHash ?? null)
      if (user === null || !isRight) return null
      byAddress.giveBack(networkOf(address))
      if (!isKnown) byEmail.giveBack(name)
      if (known.size >= KNOWN_MAX) known.clear()
      known.add(place)
      return passwords.isDated(user.passwordHash) ? await rehashed(user, password) : user
    },
  }

  async function rehashed(user: User, password: string): Promise<User> {
    const passwordHash = await passwords.hash(password)
    await users.rehash(user.id, user.passwordHash, passwordHash)
    return { ...user, passwordHash }
  }
}

function tooManyTries(what: string, waitS: number): ApiError {
  return tooMany(`Too many tries ${what}. Wait ${waitS} s.`, waitS)
}
