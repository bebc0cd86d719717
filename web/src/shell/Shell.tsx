import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { overviewQuery } from '../api/queries.ts'
import { t } from '../texts/texts.ts'
import { Connection } from './Connection.tsx'
import { Navigation } from './Navigation.tsx'
import { useTabStatus } from './tab-status.ts'

/** What stands around every page: navigation, and the way to the text for those who don't see it. */
export function Shell() {
  const [isOpen, setOpen] = useState(false)
  const { pathname } = useLocation()
  const { data } = useQuery(overviewQuery)
  useTabStatus(data?.monitors.down ?? 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it
  useEffect(() => setOpen(false), [pathname])
  return (
    <div className="shell">
      <a className="skip" href="#text">
        {t('skip')}
      </a>
      <header className="bar">
        <Link to="/" className="brand">
          <span className="brand-mark" aria-hidden="true" />
          StatusApp
        </Link>
        <button
          type="button"
          className="bar-menu"
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'nav.close' : 'nav.open')}
        </button>
      </header>
      <div id="navigation" className={isOpen ? 'side side-open' : 'side'}>
        <Navigation monitorsDown={data?.monitors.down ?? 0} openIncidents={data?.incidents.open ?? 0} />
      </div>
      <main id="text" tabIndex={-1}>
        <Connection />
        <Outlet />
      </main>
    </div>
  )
}
