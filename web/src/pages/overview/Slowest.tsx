import { Link } from '@tanstack/react-router'
import type { MonitorRow } from '#client'
import { milliseconds } from '../../format/numbers.ts'
import { t } from '../../texts/texts.ts'

const SHOWN = 6

/** The monitors that took longest to answer, over the last day. */
export function Slowest({ monitors }: { monitors: MonitorRow[] }) {
  const slowest = monitors
    .flatMap(({ id, name, avgResponseTime24h }) =>
      avgResponseTime24h === null ? [] : [{ id, name, ms: avgResponseTime24h }],
    )
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, SHOWN)
  if (slowest.length === 0) return null
  const longestMs = slowest[0]?.ms ?? 1
  return (
    <section>
      <h2>{t('overview.slowest')}</h2>
      <ul className="bars">
        {slowest.map(({ id, name, ms }) => (
          <li key={id}>
            <Link to="/monitors/$monitorId" params={{ monitorId: id }} className="name">
              {name}
            </Link>
            <span className="bar-value">{milliseconds(ms)}</span>
            <meter min={0} max={longestMs} value={ms} aria-label={t('overview.average')} />
          </li>
        ))}
      </ul>
    </section>
  )
}
