import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { SubmitEvent } from 'react'
import { session } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { fieldError, Problem } from '../../parts/Problem.tsx'
import { textOf } from '../../parts/text-of.ts'
import { t } from '../../texts/texts.ts'
import { SignInFrame } from './SignInFrame.tsx'

const FIELDS = ['email', 'password']
const route = getRouteApi('/login')

/** Opens a session, then goes on to where the person was about to go. */
export function LoginPage() {
  const { next = '/' } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const logIn = useMutation({
    mutationFn: session.logIn,
    meta: { opensSession: true },
    onSuccess: (current) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, current)
      router.history.push(next)
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    logIn.mutate({ email: textOf(given, 'email'), password: textOf(given, 'password') })
  }
  return (
    <SignInFrame title={t('login.title')}>
      <form onSubmit={submit} className="form" noValidate>
        <TextInput
          name="email"
          type="email"
          label={t('person.email')}
          autoComplete="username"
          error={fieldError(logIn.error, 'email')}
          autoFocus
        />
        <PasswordInput
          name="password"
          label={t('person.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
          error={fieldError(logIn.error, 'password')}
        />
        <Problem error={logIn.error} shown={FIELDS} />
        <Button type="submit" loading={logIn.isPending} fullWidth>
          {t('login.submit')}
        </Button>
        <p className="dimmed">{t('login.forgotten')}</p>
      </form>
    </SignInFrame>
  )
}
