import { useQuery } from '@tanstack/react-query'
import type { Check } from '#client'
import { checksQuery } from '../../api/queries.ts'
import { milliseconds, NOTHING } from '../../format/numbers.ts'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'

const SHOWN = 15

/** The newest checks: when, where, how long, and what went wrong. */
export function RecentChecks({ monitorId }: { monitorId: string }) {
  const { data } = useQuery(checksQuery(monitorId, { limit: SHOWN }))
  return (
    <section>
      <h2>{t('monitor.checks')}</h2>
      {data === undefined ? <Waiting rows={4} /> : null}
      {data?.checks.length === 0 ? <p className="dimmed">{t('monitor.checks.none')}</p> : null}
      {data === undefined || data.checks.length === 0 ? null : (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                <th>{t('monitors.column.status')}</th>
                <th>{t('check.when')}</th>
                <th className="side-column">{t('check.region')}</th>
                <th className="number">{t('check.code')}</th>
                <th className="number">{t('check.time')}</th>
              </tr>
            </thead>
            <tbody>
              {data.checks.map((check) => (
                <Row key={`${check.checkedAt} ${check.region}`} check={check} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Row({ check: { status, checkedAt, region, statusCode, responseTime, error } }: { check: Check }) {
  return (
    <tr>
      <td className="wide">
        <StatusMark status={status} />
        {error === null ? null : <span className="sub error-text">{error}</span>}
      </td>
      <td>
        <TimeAgo at={checkedAt} />
      </td>
      <td className="side-column">{region}</td>
      <td className="number">{statusCode ?? NOTHING}</td>
      <td className="number">{milliseconds(responseTime)}</td>
    </tr>
  )
}
