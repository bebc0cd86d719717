import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import type { ResponseTimePoint } from '#client'
import { milliseconds } from '../../format/numbers.ts'
import { exactTime } from '../../format/times.ts'
import { t } from '../../texts/texts.ts'
import { chartOptions, LINES } from './chart-options.ts'

const SERIES = ['p50', 'p95', 'p99'] as const
const HEIGHT_PX = 220

/** Percentiles over time. Beneath stands what the pointer is on. */
export function ResponseChart({ points }: { points: ResponseTimePoint[] }) {
  const place = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLParagraphElement>(null)
  const chart = useRef<uPlot>(null)
  const scheme = useComputedColorScheme('light')
  const latest = useRef(points)
  latest.current = points

  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours need another chart
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const show = (index: number | null) => {
      if (legend.current !== null) legend.current.textContent = wordsOf(latest.current, index)
    }
    const options = chartOptions(getComputedStyle(element), { width: element.clientWidth, height: HEIGHT_PX }, show)
    const made = new uPlot(options, dataOf(latest.current), element)
    chart.current = made
    show(null)
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT_PX }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      made.destroy()
      chart.current = null
    }
  }, [scheme])
  useEffect(() => chart.current?.setData(dataOf(points)), [points])

  return (
    <figure className="chart">
      <div ref={place} className="chart-canvas" role="img" aria-label={wordsOf(points, null)} />
      <figcaption>
        <span className="legend">
          {SERIES.map((name) => (
            <span key={name} className={`legend-${name}`}>
              {t(`responses.${name}`)}
            </span>
          ))}
        </span>
        <span ref={legend} className="dimmed" />
      </figcaption>
    </figure>
  )
}

function dataOf(points: ResponseTimePoint[]): uPlot.AlignedData {
  return [points.map(({ at }) => Date.parse(at) / 1000), ...LINES.map(([name]) => points.map((point) => point[name]))]
}

/** What one point says, or the newest where the pointer is on none. */
function wordsOf(points: ResponseTimePoint[], index: number | null): string {
  const point = index === null ? points.findLast(({ count }) => count > 0) : points[index]
  if (point === undefined) return ''
  const values = SERIES.map((name) => `${name} ${milliseconds(point[name])}`)
  return `${exactTime(point.at)}: ${values.join(', ')}`
}
