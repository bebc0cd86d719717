import { Link } from '@tanstack/react-router'
import type { AccountAnalytics } from '#client'
import { milliseconds, number, percentage } from '../../format/numbers.ts'
import { duration } from '../../format/times.ts'
import { Figure, Figures } from '../../parts/Figures.tsx'
import { type Status, StatusMark } from '../../parts/StatusMark.tsx'
import { t } from '../../texts/texts.ts'

/** How many monitors are in which state, and how the last day went. */
export function Totals({ figures: { monitors, incidents, performance } }: { figures: AccountAnalytics }) {
  const counts: [Exclude<Status, 'UNKNOWN'>, number][] = [
    ['UP', monitors.up],
    ['DEGRADED', monitors.degraded],
    ['DOWN', monitors.down],
    ['MAINTENANCE', monitors.maintenance],
    ['PAUSED', monitors.paused],
    ['PENDING', monitors.pending],
  ]
  return (
    <>
      <ul className="counts" aria-label={t('nav.monitors')}>
        {counts.map(([status, count]) => (
          <li key={status} className={count === 0 ? 'count-none' : ''}>
            <Link to="/monitors" search={{ status }}>
              <span className="count">{number(count)}</span>
              <StatusMark status={status} />
            </Link>
          </li>
        ))}
      </ul>
      <Figures>
        <Figure label={t('overview.uptime')} value={percentage(performance.overallUptime)} />
        <Figure label={t('overview.average')} value={milliseconds(performance.avgResponseTime)} />
        <Figure label={t('overview.p95')} value={milliseconds(performance.p95ResponseTime)} />
        <Figure label={t('overview.openIncidents')} value={number(incidents.open)} />
        <Figure label={t('overview.resolvedWeek')} value={number(incidents.resolvedThisWeek)} />
        <Figure label={t('overview.mttr')} value={duration(incidents.avgMttr)} />
      </Figures>
    </>
  )
}
