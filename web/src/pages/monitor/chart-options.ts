import type uPlot from 'uplot'
import { locale } from '../../format/locale.ts'
import { milliseconds } from '../../format/numbers.ts'

/** The median is drawn last, on top of the others. */
export const LINES = [
  ['p99', '--chart-p99', 1],
  ['p95', '--chart-p95', 1.2],
  ['p50', '--chart-p50', 1.8],
] as const
const AXIS_PX = 58
/** From here on a day is a better mark than an hour. */
const LONG_S = 3 * 86_400

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })

/** How the chart of response times is drawn, in the colours of the page. `onPoint` hears what the pointer is on. */
export function chartOptions(
  styles: CSSStyleDeclaration,
  size: { width: number; height: number },
  onPoint: (index: number | null) => void,
): uPlot.Options {
  const colour = (name: string) => styles.getPropertyValue(name).trim()
  const axis = {
    stroke: colour('--chart-text'),
    grid: { stroke: colour('--chart-grid'), width: 1 },
    ticks: { show: false },
    font: `11px ${styles.fontFamily}`,
  }
  return {
    ...size,
    legend: { show: false },
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(high ?? 0, 1) * 1.08] } },
    axes: [
      {
        ...axis,
        space: 70,
        values: (_chart, seconds) => {
          const isLong = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0) > LONG_S
          return seconds.map((each) => (isLong ? day : clock).format(each * 1000))
        },
      },
      { ...axis, size: AXIS_PX, values: (_chart, values) => values.map((each) => milliseconds(each)) },
    ],
    series: [
      {},
      ...LINES.map(([label, name, width]) => ({
        label,
        stroke: colour(name),
        width,
        points: { size: 4, fill: colour(name) },
        spanGaps: false,
      })),
    ],
    hooks: { setCursor: [(chart) => onPoint(chart.cursor.idx ?? null)] },
  }
}
