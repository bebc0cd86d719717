import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Monitor } from '#client'
import { incidentsQuery } from '../../api/queries.ts'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'

/** What is wrong now, in a sentence that leads to the incident; nothing while nothing is. */
export function CurrentTrouble({ monitor: { id, status } }: { monitor: Monitor }) {
  const { data } = useQuery(incidentsQuery({ monitorId: id, status: 'active', limit: 1 }))
  const incident = data?.incidents[0]
  if (incident === undefined) return null
  return (
    <p className="verdict verdict-down">
      <StatusMark status={status} small />
      <span>
        {incident.rootCause ?? incident.title}{' '}
        <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="verdict-link">
          {incident.incidentNumber} · <TimeAgo at={incident.startedAt} />
        </Link>
      </span>
    </p>
  )
}
