import type { ResponseTimePoint } from '#client'
import { milliseconds, number } from '../../format/numbers.ts'
import { exactTime } from '../../format/times.ts'
import { t } from '../../texts/texts.ts'

const SHOWN = 200

/** The same as the chart in figures, the newest first. */
export function ResponseTable({ points }: { points: ResponseTimePoint[] }) {
  const rows = points
    .filter(({ count }) => count > 0)
    .toReversed()
    .slice(0, SHOWN)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className="table-frame table-scrolls" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('check.when')}</th>
            <th className="number">{t('responses.count')}</th>
            <th className="number">p50</th>
            <th className="number">p95</th>
            <th className="number">p99</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, count, p50, p95, p99 }) => (
            <tr key={at}>
              <td>{exactTime(at)}</td>
              <td className="number">{number(count)}</td>
              <td className="number">{milliseconds(p50)}</td>
              <td className="number">{milliseconds(p95)}</td>
              <td className="number">{milliseconds(p99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
