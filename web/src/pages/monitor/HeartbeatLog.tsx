import { useQuery } from '@tanstack/react-query'
import type { Monitor } from '#client'
import { heartbeatsQuery } from '../../api/queries.ts'
import { NOTHING } from '../../format/numbers.ts'
import { duration } from '../../format/times.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'

/** Where a job reports, and what it reported. */
export function HeartbeatLog({ monitor }: { monitor: Monitor }) {
  const { data } = useQuery(heartbeatsQuery(monitor.id))
  const heartbeatUrl = 'heartbeatUrl' in monitor ? monitor.heartbeatUrl : undefined
  return (
    <section>
      <h2>{t('heartbeats')}</h2>
      {heartbeatUrl === undefined ? null : <CopyField label={t('heartbeats.address')} value={heartbeatUrl} />}
      {data?.heartbeats.length === 0 ? <p className="dimmed">{t('heartbeats.none')}</p> : null}
      {data === undefined || data.heartbeats.length === 0 ? null : (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                <th>{t('heartbeats.kind')}</th>
                <th>{t('check.when')}</th>
                <th className="number">{t('incident.duration')}</th>
              </tr>
            </thead>
            <tbody>
              {data.heartbeats.map(({ at, kind, duration: seconds, message, exitStatus }) => (
                <tr key={at + kind}>
                  <td className="wide">
                    {t(`heartbeat.${kind}`)}
                    {message === null ? null : <span className="sub">{message}</span>}
                    {exitStatus === null ? null : (
                      <span className="sub">{t('heartbeats.exit', { status: exitStatus })}</span>
                    )}
                  </td>
                  <td>
                    <TimeAgo at={at} />
                  </td>
                  <td className="number">{seconds === null ? NOTHING : duration(seconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
