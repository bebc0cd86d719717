import { useQueries } from '@tanstack/react-query'
import { figuresQuery, PERIODS } from '../../api/queries.ts'
import { milliseconds, NOTHING, percentage } from '../../format/numbers.ts'
import { duration } from '../../format/times.ts'
import { Figure, Figures } from '../../parts/Figures.tsx'
import { t } from '../../texts/texts.ts'

const WHOLE = 99.5

/** Uptime over each period, with what is not known said. */
export function UptimeFigures({ monitorId, hasResponses }: { monitorId: string; hasResponses: boolean }) {
  const answers = useQueries({ queries: PERIODS.map((period) => figuresQuery(monitorId, period)) })
  const day = answers[0]?.data
  return (
    <Figures>
      {PERIODS.map((period, index) => {
        const data = answers[index]?.data
        const about =
          data === undefined
            ? NOTHING
            : data.uptime === null
              ? t('monitor.noData')
              : data.time.down > 0
                ? t('monitor.down', { duration: duration(data.time.down) })
                : data.coverage !== null && data.coverage < WHOLE
                  ? t('monitor.knownFor', { duration: duration(data.time.up + data.time.degraded) })
                  : t('monitor.neverDown')
        return (
          <Figure
            key={period}
            label={t(`monitor.uptime.${period}`)}
            value={percentage(data?.uptime ?? null)}
            about={about}
          />
        )
      })}
      {hasResponses ? (
        <Figure
          label={t('monitor.response')}
          value={milliseconds(day?.p50ResponseTime ?? null)}
          about={t('monitor.p95', { value: milliseconds(day?.p95ResponseTime ?? null) })}
        />
      ) : null}
    </Figures>
  )
}
