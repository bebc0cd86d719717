import { Alert } from '@mantine/core'
import { StatusAppError } from '#client'
import { t } from '../texts/texts.ts'

/** What went wrong, in the API's own words; nothing where nothing did. `shown`: fields that say so themselves. */
export function Problem({ error, shown = [] }: { error: unknown; shown?: readonly string[] }) {
  if (error === null || error === undefined) return null
  const details = error instanceof StatusAppError ? error.details : []
  const rest = details.filter(({ path }) => !shown.includes(path))
  if (details.length > 0 && rest.length === 0) return null
  return (
    <Alert color="red" variant="light" role="alert" className="problem">
      {rest.length === 0 ? wordsOf(error) : null}
      {rest.map(({ path, message }) => (
        <p key={path}>
          <strong>{path}</strong> {message}
        </p>
      ))}
    </Alert>
  )
}

/** What a field's own error is, if the API refused it. */
export function fieldError(error: unknown, path: string): string | null {
  if (!(error instanceof StatusAppError)) return null
  return error.details.find((each) => each.path === path)?.message ?? null
}

function wordsOf(error: unknown): string {
  if (error instanceof StatusAppError) return error.message
  return t('problem.unreachable')
}
