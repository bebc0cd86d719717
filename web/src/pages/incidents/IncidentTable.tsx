import { Link } from '@tanstack/react-router'
import type { IncidentRow } from '#client'
import { duration } from '../../format/times.ts'
import { Severity } from '../../parts/Severity.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'

/** Incidents as rows, each leading to its page. */
export function IncidentTable({ incidents }: { incidents: IncidentRow[] }) {
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th>{t('incident.what')}</th>
            <th>{t('incident.state')}</th>
            <th className="side-column">{t('incident.severity')}</th>
            <th className="side-column">{t('incident.started')}</th>
            <th className="number">{t('incident.duration')}</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => (
            <tr key={incident.id}>
              <td className="wide">
                <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="name">
                  {incident.title}
                </Link>
                <span className="sub">
                  {incident.incidentNumber}
                  {incident.rootCause === null ? '' : ` · ${incident.rootCause}`}
                </span>
              </td>
              <td>
                <IncidentState incident={incident} />
              </td>
              <td className="side-column">
                <Severity severity={incident.severity} />
              </td>
              <td className="side-column">
                <TimeAgo at={incident.startedAt} />
              </td>
              <td className="number">{duration(incident.duration)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Whether it is over, and how far people are with it. */
export function IncidentState({
  incident,
}: {
  incident: Pick<IncidentRow, 'isResolved' | 'stage' | 'acknowledgedAt'>
}) {
  const { isResolved, stage, acknowledgedAt } = incident
  return (
    <span className={isResolved ? 'state state-over' : 'state state-open'}>
      {t(`stage.${stage}`)}
      {isResolved || acknowledgedAt === null ? null : <span className="sub">{t('incident.acknowledged')}</span>}
    </span>
  )
}
