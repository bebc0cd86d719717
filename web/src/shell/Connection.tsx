import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { StatusAppError } from '#client'
import { t } from '../texts/texts.ts'

/** Says quietly that the server can't be reached, for as long as what is shown may be old. */
export function Connection() {
  const cache = useQueryClient().getQueryCache()
  const isLost = useSyncExternalStore(
    (tell) => cache.subscribe(tell),
    () => cache.getAll().some(({ state }) => state.error !== null && isCut(state.error)),
  )
  return <div role="status">{isLost ? <p className="connection">{t('connection.lost')}</p> : null}</div>
}

/** Whether nothing came at all; a refusal did come. */
function isCut(error: unknown): boolean {
  return !(error instanceof StatusAppError)
}
