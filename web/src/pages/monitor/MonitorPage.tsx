import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Monitor } from '#client'
import { monitorQuery } from '../../api/queries.ts'
import { duration } from '../../format/times.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { Unavailable } from '../../parts/Unavailable.tsx'
import { Warnings } from '../../parts/Warnings.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { typeLabel } from '../monitor-form/types.ts'
import { CertificateFacts } from './CertificateFacts.tsx'
import { CurrentTrouble } from './CurrentTrouble.tsx'
import { DayBar } from './DayBar.tsx'
import { HeartbeatLog } from './HeartbeatLog.tsx'
import { MonitorActions } from './MonitorActions.tsx'
import { MonitorIncidents } from './MonitorIncidents.tsx'
import { RecentChecks } from './RecentChecks.tsx'
import { ResponseTimes } from './ResponseTimes.tsx'
import { UptimeFigures } from './UptimeFigures.tsx'

const route = getRouteApi('/app/monitors/$monitorId')

/** Everything about one monitor: how it is now, how it was, and what can be done with it. */
export function MonitorPage() {
  const { monitorId } = route.useParams()
  const { data: monitor, error } = useQuery(monitorQuery(monitorId))
  if (monitor === undefined) return error === null ? <Waiting rows={8} /> : <Unavailable error={error} />
  const { name, url, type, status, statusReason, statusSince, warnings } = monitor
  return (
    <>
      <PageHead
        title={name}
        within={[t('nav.monitors')]}
        about={
          <>
            <StatusMark status={status} />
            {statusSince === null || statusSince === undefined ? null : (
              <span>
                {t('monitor.since')} <TimeAgo at={statusSince} />
              </span>
            )}
            <span>{typeLabel(type)}</span>
            <span>{rhythmOf(monitor)}</span>
            <TargetLink url={url} />
          </>
        }
      >
        <MonitorActions monitor={monitor} />
      </PageHead>
      {typeof statusReason === 'string' ? <p className="dimmed">{statusReason}</p> : null}
      <Warnings warnings={warnings} />
      <CurrentTrouble monitor={monitor} />
      <UptimeFigures monitorId={monitorId} hasResponses={type !== 'CRON'} />
      <DayBar monitorId={monitorId} />
      {type === 'CRON' ? (
        <HeartbeatLog monitor={monitor} />
      ) : (
        <ResponseTimes monitorId={monitorId} interval={monitor.interval} />
      )}
      <div className="columns">
        {type === 'CRON' ? null : <RecentChecks monitorId={monitorId} />}
        <div>
          <MonitorIncidents monitorId={monitorId} />
          <CertificateFacts monitor={monitor} />
        </div>
      </div>
    </>
  )
}

/** How often it is checked, or when its job is due. */
function rhythmOf(monitor: Monitor): string {
  const schedule = monitor.type === 'CRON' ? monitor.schedule : null
  return typeof schedule === 'string' ? schedule : t('monitor.every', { interval: duration(monitor.interval) })
}

/** What is watched; a link only where a browser may go there. */
function TargetLink({ url }: { url: string | null }) {
  if (url === null) return null
  const isWeb = /^https?:\/\//i.test(url)
  return isWeb ? (
    <a href={url} rel="noreferrer noopener" target="_blank" className="target">
      {url}
    </a>
  ) : (
    <span className="target">{url}</span>
  )
}
