import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { session } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { fieldError, Problem } from '../../parts/Problem.tsx'
import { textOf } from '../../parts/text-of.ts'
import { t } from '../../texts/texts.ts'

const FIELDS = ['name', 'email', 'password']

/** Makes the first owner, who is then logged in. */
export function OwnerForm({ token }: { token: string }) {
  const queryClient = useQueryClient()
  const setUp = useMutation({
    mutationFn: session.setUp,
    meta: { opensSession: true },
    onSuccess: (current) => queryClient.setQueryData(sessionQuery.queryKey, current),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const [name, email, password] = [textOf(given, 'name'), textOf(given, 'email'), textOf(given, 'password')]
    setUp.mutate({ token, name, email, password })
  }
  const { error, isPending } = setUp
  return (
    <form onSubmit={submit} className="form" noValidate>
      <TextInput name="name" label={t('person.name')} autoComplete="name" error={fieldError(error, 'name')} autoFocus />
      <TextInput
        name="email"
        type="email"
        label={t('person.email')}
        autoComplete="username"
        error={fieldError(error, 'email')}
      />
      <PasswordInput
        name="password"
        label={t('person.password')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
        error={fieldError(error, 'password')}
      />
      <Problem error={error} shown={FIELDS} />
      <Button type="submit" loading={isPending} fullWidth>
        {t('setup.submit')}
      </Button>
    </form>
  )
}
