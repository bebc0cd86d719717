import { onlineManager, type QueryCache, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { StatusAppError } from '#client'
import { t } from '../texts/texts.ts'

/** Says quietly that the server can't be reached, for as long as what is shown may be old. */
export function Connection() {
  const cache = useQueryClient().getQueryCache()
  const isOnline = useSyncExternalStore(
    (tell) => onlineManager.subscribe(tell),
    () => onlineManager.isOnline(),
  )
  const isCut = useSyncExternalStore(
    (tell) => cache.subscribe(tell),
    () => hasLostAny(cache),
  )
  return <div role="status">{isOnline && !isCut ? null : <p className="connection">{t('connection.lost')}</p>}</div>
}

/** Whether nothing at all came for something that is in sight; a refusal did come. */
function hasLostAny(cache: QueryCache): boolean {
  return cache
    .getAll()
    .some((query) => query.isActive() && query.state.error !== null && !(query.state.error instanceof StatusAppError))
}
