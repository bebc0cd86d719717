import type { ReactNode } from 'react'
import { StatusAppError } from '#client'
import { t } from '../texts/texts.ts'
import { EmptyState } from './EmptyState.tsx'

/** In the place of a page whose subject the API does not give. */
export function Unavailable({ error, children }: { error: unknown; children?: ReactNode }) {
  const isMissing = error instanceof StatusAppError && error.status === 404
  return (
    <EmptyState
      title={t(isMissing ? 'missing.title' : 'broken.title')}
      text={error instanceof Error ? error.message : String(error)}
      isWhole
    >
      {children}
    </EmptyState>
  )
}
