import { useSuspenseQuery } from '@tanstack/react-query'
import type { CurrentSession } from '#client'
import { sessionQuery } from './queries.ts'

export type Permission = CurrentSession['permissions'][number]

/** Who is logged in. Only beneath the shell, which waits until that is known. */
export function useSession(): CurrentSession {
  return useSuspenseQuery(sessionQuery).data
}

/** Whether the person may do this: `write` monitors and incidents, `delete` and manage channels, `admin` keys and people. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission)
}
