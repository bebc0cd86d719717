import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../api/permissions.ts'
import { incidentsQuery, monitorsQuery, overviewQuery } from '../../api/queries.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { LinkButton } from '../../parts/LinkButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { IncidentTable } from '../incidents/IncidentTable.tsx'
import { NowList } from './NowList.tsx'
import { Slowest } from './Slowest.tsx'
import { Totals } from './Totals.tsx'
import { Verdict } from './Verdict.tsx'

const RECENT = 8

/** What is wrong now, first; then how things stand. */
export function OverviewPage() {
  const overview = useQuery(overviewQuery)
  const monitors = useQuery(monitorsQuery)
  const recent = useQuery(incidentsQuery({ limit: RECENT }))
  const mayWrite = useMay('write')
  const failed = overview.error ?? monitors.error
  if (overview.data === undefined || monitors.data === undefined)
    return (
      <>
        <PageHead title={t('nav.dashboard')} />
        {failed === null ? <Waiting /> : <Problem error={failed} />}
      </>
    )
  if (monitors.data.length === 0)
    return (
      <>
        <PageHead title={t('nav.dashboard')} />
        <EmptyState title={t('monitors.none.title')} text={t('monitors.none.text')}>
          {mayWrite ? <LinkButton to="/monitors/new">{t('monitors.create')}</LinkButton> : null}
        </EmptyState>
      </>
    )
  return (
    <>
      <PageHead title={t('nav.dashboard')} />
      <Verdict counts={overview.data.monitors} />
      <NowList monitors={monitors.data} incidents={recent.data?.incidents ?? []} />
      <Totals figures={overview.data} />
      <div className="columns">
        <section>
          <h2>{t('overview.recent')}</h2>
          {recent.data === undefined ? (
            <Waiting rows={3} />
          ) : recent.data.incidents.length === 0 ? (
            <p className="dimmed">{t('incidents.none.ever')}</p>
          ) : (
            <IncidentTable incidents={recent.data.incidents} />
          )}
        </section>
        <Slowest monitors={monitors.data} />
      </div>
    </>
  )
}
