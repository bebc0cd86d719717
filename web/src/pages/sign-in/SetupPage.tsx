import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { session } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { LinkButton } from '../../parts/LinkButton.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { FirstMonitorForm } from './FirstMonitorForm.tsx'
import { OwnerForm } from './OwnerForm.tsx'
import { SignInFrame } from './SignInFrame.tsx'

const route = getRouteApi('/setup')

/** The first visit: makes the owner, then the first monitor. */
export function SetupPage() {
  const { token } = route.useSearch()
  const { data: current, isPending } = useQuery(sessionQuery)
  const { data: state } = useQuery({ queryKey: ['setup'], queryFn: session.setupState })
  if (current !== undefined)
    return (
      <SignInFrame title={t('setup.monitor.title')} text={t('setup.monitor.text')}>
        <FirstMonitorForm />
      </SignInFrame>
    )
  if (isPending || state === undefined)
    return (
      <SignInFrame title={t('setup.title')}>
        <Waiting rows={4} />
      </SignInFrame>
    )
  if (!state.needsSetup)
    return (
      <SignInFrame title={t('setup.done.title')} text={t('setup.done.text')}>
        <LinkButton to="/login">{t('login.submit')}</LinkButton>
      </SignInFrame>
    )
  if (token === undefined)
    return (
      <SignInFrame title={t('setup.title')} text={t('setup.link')}>
        {null}
      </SignInFrame>
    )
  return (
    <SignInFrame title={t('setup.title')} text={t('setup.text')}>
      <OwnerForm token={token} />
    </SignInFrame>
  )
}
