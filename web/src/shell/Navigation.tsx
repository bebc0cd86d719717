import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, type LinkProps, useNavigate } from '@tanstack/react-router'
import { session } from '../api/client.ts'
import { useSession } from '../api/permissions.ts'
import { t } from '../texts/texts.ts'
import { LookChoice } from './LookChoice.tsx'

interface Counts {
  monitorsDown: number
  openIncidents: number
}

/** Every place that there is, and who is logged in. */
export function Navigation({ monitorsDown, openIncidents }: Counts) {
  return (
    <>
      <nav aria-label={t('nav.label')}>
        <ul>
          <Entry to="/" isExact>
            {t('nav.dashboard')}
          </Entry>
          <Entry to="/monitors" count={monitorsDown} about={t('nav.down')}>
            {t('nav.monitors')}
          </Entry>
          <Entry to="/incidents" count={openIncidents} about={t('nav.active')}>
            {t('nav.incidents')}
          </Entry>
        </ul>
        <h2>{t('nav.settings')}</h2>
        <ul>
          <Entry to="/settings/notification-channels">{t('nav.channels')}</Entry>
        </ul>
        <h3>{t('nav.integrations')}</h3>
        <ul>
          <Entry to="/settings/integrations/api-access">{t('nav.apiAccess')}</Entry>
        </ul>
      </nav>
      <Foot />
    </>
  )
}

function Entry({ to, children, count = 0, about = '', isExact = false }: EntryProps) {
  return (
    <li>
      <Link to={to} activeOptions={{ exact: isExact, includeSearch: false }} className="nav-entry">
        {children}
        {count === 0 ? null : (
          <span className="nav-count">
            {count}
            <span className="unseen"> {about}</span>
          </span>
        )}
      </Link>
    </li>
  )
}

interface EntryProps {
  to: NonNullable<LinkProps['to']>
  children: string
  count?: number
  about?: string
  isExact?: boolean
}

function Foot() {
  const { user, account } = useSession()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: session.logOut,
    onSuccess: async () => {
      await navigate({ to: '/login' })
      queryClient.clear()
    },
  })
  return (
    <aside className="side-foot" aria-label={t('nav.you')}>
      <ul className="side-links">
        <li>
          <a href="/help/knowledge-base">{t('nav.help')}</a>
        </li>
        <li>
          <a href="/docs/api">{t('nav.reference')}</a>
        </li>
      </ul>
      <LookChoice />
      <div className="who">
        <span title={user.email}>
          <strong>{user.name}</strong>
          <span className="dimmed">{account.name}</span>
        </span>
        <Button variant="default" size="xs" onClick={() => leave.mutate()} loading={leave.isPending}>
          {t('logout')}
        </Button>
      </div>
    </aside>
  )
}
