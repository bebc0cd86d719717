import { Link } from '@tanstack/react-router'
import type { IncidentRow, MonitorRow } from '#client'
import { NOTHING } from '../../format/numbers.ts'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'

/** Down before slow. */
const WRONG = ['DOWN', 'DEGRADED'] as const
const SHOWN = 20

/** Every monitor that is not well now, with what is known of why. */
export function NowList({ monitors, incidents }: { monitors: MonitorRow[]; incidents: IncidentRow[] }) {
  const wrong = WRONG.flatMap((status) => monitors.filter((monitor) => monitor.status === status))
  if (wrong.length === 0) return null
  const open = incidents.filter(({ isResolved }) => !isResolved)
  return (
    <section aria-label={t('overview.now')}>
      <ul className="now">
        {wrong.slice(0, SHOWN).map((monitor) => {
          const incident = open.find((each) => each.monitors.some(({ id }) => id === monitor.id))
          return (
            <li key={monitor.id}>
              <StatusMark status={monitor.status} />
              <Link to="/monitors/$monitorId" params={{ monitorId: monitor.id }} className="name">
                {monitor.name}
              </Link>
              <span className="why">{incident?.rootCause ?? monitor.url ?? NOTHING}</span>
              {incident === undefined ? null : (
                <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="when">
                  {incident.incidentNumber} · <TimeAgo at={incident.startedAt} />
                </Link>
              )}
            </li>
          )
        })}
      </ul>
      {wrong.length > SHOWN ? (
        <Link to="/monitors" search={{ status: 'DOWN' }}>
          {t('overview.allDown', { count: wrong.length })}
        </Link>
      ) : null}
    </section>
  )
}
