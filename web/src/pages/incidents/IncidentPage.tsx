import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Incident } from '#client'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/permissions.ts'
import { incidentQuery } from '../../api/queries.ts'
import { duration } from '../../format/times.ts'
import { Figure, Figures } from '../../parts/Figures.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Severity } from '../../parts/Severity.tsx'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { Unavailable } from '../../parts/Unavailable.tsx'
import { Warnings } from '../../parts/Warnings.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { AddUpdate } from './AddUpdate.tsx'
import { Evidence } from './Evidence.tsx'
import { IncidentState } from './IncidentTable.tsx'
import { Timeline } from './Timeline.tsx'

const route = getRouteApi('/app/incidents/$incidentId')

/** One incident: what is known of it, what was said, and what can be done. */
export function IncidentPage() {
  const { incidentId } = route.useParams()
  const { data: incident, error } = useQuery(incidentQuery(incidentId))
  if (incident === undefined) return error === null ? <Waiting /> : <Unavailable error={error} />
  return (
    <>
      <PageHead
        title={incident.title}
        within={[t('nav.incidents'), incident.incidentNumber]}
        about={<IncidentState incident={incident} />}
      >
        <Actions incident={incident} />
      </PageHead>
      <Warnings warnings={incident.warnings} />
      <Facts incident={incident} />
      <div className="columns">
        <section>
          <h2>{t('incident.timeline')}</h2>
          <AddUpdate incident={incident} />
          <Timeline updates={incident.updates} />
        </section>
        <section>
          <h2>{t('incident.evidence')}</h2>
          <Evidence incident={incident} />
        </section>
      </div>
    </>
  )
}

function Actions({ incident: { id, isResolved, acknowledgedAt } }: { incident: Incident }) {
  const mayWrite = useMay('write')
  const onSuccess = useIncidentChanged()
  const acknowledge = useMutation({ mutationFn: () => api.acknowledgeIncident(id), onSuccess })
  const resolve = useMutation({ mutationFn: () => api.resolveIncident(id), onSuccess })
  if (!mayWrite || isResolved) return null
  return (
    <>
      <Problem error={acknowledge.error ?? resolve.error} />
      {acknowledgedAt === null ? (
        <Button variant="default" onClick={() => acknowledge.mutate()} loading={acknowledge.isPending}>
          {t('incident.acknowledge')}
        </Button>
      ) : null}
      <Button onClick={() => resolve.mutate()} loading={resolve.isPending}>
        {t('incident.resolve')}
      </Button>
    </>
  )
}

/** Shows an incident as a change left it, and asks for all that it touches. */
export function useIncidentChanged(): (incident: Incident) => void {
  const queryClient = useQueryClient()
  return (incident) => {
    queryClient.setQueryData(incidentQuery(incident.id).queryKey, incident)
    for (const key of ['incidents', 'analytics', 'monitor']) void queryClient.invalidateQueries({ queryKey: [key] })
  }
}

function Facts({ incident }: { incident: Incident }) {
  const { severity, startedAt, resolvedAt, acknowledgedAt, acknowledgedBy, monitors } = incident
  return (
    <>
      <Figures>
        <Figure label={t('incident.severity')} value={<Severity severity={severity} />} />
        <Figure label={t('incident.started')} value={<TimeAgo at={startedAt} />} />
        <Figure label={t('incident.duration')} value={duration(incident.duration)} />
        {resolvedAt === null ? null : <Figure label={t('incident.ended')} value={<TimeAgo at={resolvedAt} />} />}
        <Figure
          label={t('incident.acknowledgedAt')}
          value={<TimeAgo at={acknowledgedAt} />}
          {...(acknowledgedBy === null ? {} : { about: acknowledgedBy.name })}
        />
      </Figures>
      {monitors.length === 0 ? null : (
        <ul className="affected" aria-label={t('nav.monitors')}>
          {monitors.map(({ id, name, status }) => (
            <li key={id}>
              {status === null ? null : <StatusMark status={status} />}
              {status === null ? (
                name
              ) : (
                <Link to="/monitors/$monitorId" params={{ monitorId: id }} className="name">
                  {name}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
