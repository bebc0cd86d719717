import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { incidentsQuery } from '../../api/queries.ts'
import { duration } from '../../format/times.ts'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'
import { IncidentState } from '../incidents/IncidentTable.tsx'

const SHOWN = 6

/** The newest incidents of a monitor. */
export function MonitorIncidents({ monitorId }: { monitorId: string }) {
  const { data } = useQuery(incidentsQuery({ monitorId, limit: SHOWN }))
  return (
    <section>
      <h2>{t('nav.incidents')}</h2>
      {data?.incidents.length === 0 ? <p className="dimmed">{t('incidents.none.monitor')}</p> : null}
      <ul className="short-list">
        {data?.incidents.map((incident) => (
          <li key={incident.id}>
            <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="name">
              {incident.incidentNumber}
            </Link>
            <IncidentState incident={incident} />
            <span className="dimmed">
              <TimeAgo at={incident.startedAt} /> · {duration(incident.duration)}
            </span>
            {incident.rootCause === null ? null : <span className="sub">{incident.rootCause}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
