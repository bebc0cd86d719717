import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { StatusAppError } from '#client'
import { isLoggedOut } from './client.ts'

const TRIES = 2

/** Keeps answers, and says when one told that the session has ended. */
export function makeQueryClient(onLoggedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isLoggedOut(error)) onLoggedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'session' && onError(error) }),
    mutationCache: new MutationCache({
      onError: (error, _given, _before, mutation) => mutation.meta?.['opensSession'] !== true && onError(error),
    }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < TRIES && isWorthRepeating(error) },
    },
  })
}

/** A refusal stays one; what never arrived, or broke on the server, may work next time. */
function isWorthRepeating(error: unknown): boolean {
  return !(error instanceof StatusAppError) || error.status >= 500
}
