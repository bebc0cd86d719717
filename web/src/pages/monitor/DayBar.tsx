import { useQuery } from '@tanstack/react-query'
import type { MonitorDays } from '#client'
import { api } from '../../api/client.ts'
import { percentage } from '../../format/numbers.ts'
import { date, duration } from '../../format/times.ts'
import { t, tn } from '../../texts/texts.ts'

type Day = MonitorDays['days'][number]

/** The last 90 days, a bar each; what they were is on hover, and in words for those who can't see them. */
export function DayBar({ monitorId }: { monitorId: string }) {
  const { data } = useQuery({
    queryKey: ['monitor', monitorId, 'days'],
    queryFn: () => api.listMonitorDays(monitorId),
    refetchInterval: 60_000,
  })
  const days = data?.days ?? []
  return (
    <section className="day-section">
      <h2>{t('monitor.days')}</h2>
      <svg viewBox="0 0 900 36" preserveAspectRatio="none" className="day-bar" role="img" aria-label={summary(days)}>
        {days.map((day, index) => (
          <rect
            key={day.date}
            x={index * 10 + 1}
            width="8"
            height="36"
            rx="1.5"
            className={`day day-${day.status.toLowerCase().replace('_', '-')}`}
          >
            <title>{wordsOf(day)}</title>
          </rect>
        ))}
      </svg>
      <p className="day-ends dimmed">
        <span>{days[0] === undefined ? '' : date(days[0].date)}</span>
        <span>{t('today')}</span>
      </p>
    </section>
  )
}

function wordsOf({ date: on, status, uptime, down, incidents }: Day): string {
  const parts = [date(on), t(`day.${status}`)]
  if (uptime !== null) parts.push(percentage(uptime))
  if (down > 0) parts.push(t('monitor.down', { duration: duration(down) }))
  if (incidents > 0) parts.push(tn('monitor.incidents', incidents))
  return parts.join(' · ')
}

function summary(days: readonly Day[]): string {
  const known = days.filter(({ uptime }) => uptime !== null)
  const bad = known.filter(({ status }) => status === 'DOWN').length
  return t('monitor.daysSummary', { known: known.length, bad })
}
