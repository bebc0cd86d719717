import type { IncidentUpdate } from '#client'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'

/** What was said and done, the newest first. */
export function Timeline({ updates }: { updates: IncidentUpdate[] }) {
  return (
    <ol className="timeline">
      {updates.toReversed().map(({ id, at, status, message, isPublic, by }) => (
        <li key={id} className={`timeline-${status}`}>
          <p className="timeline-head">
            <strong>{t(`stage.${status}`)}</strong>
            <span className="dimmed">
              {by?.name ?? 'StatusApp'} · <TimeAgo at={at} />
              {isPublic ? null : ` · ${t('incident.internal')}`}
            </span>
          </p>
          <p className="timeline-text">{message}</p>
        </li>
      ))}
    </ol>
  )
}
