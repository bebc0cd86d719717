import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../api/client.ts'
import { PERIODS, type Period } from '../../api/queries.ts'
import { Choices } from '../../parts/Choices.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { t } from '../../texts/texts.ts'
import { chartPoints } from './chart-points.ts'
import { ResponseChart } from './ResponseChart.tsx'
import { ResponseTable } from './ResponseTable.tsx'

const HOUR_MS = 3_600_000
const BUCKET_MS = { minute: 60_000, hour: HOUR_MS, day: 24 * HOUR_MS } as const
const RANGES: { readonly [period in Period]: { ms: number; resolution: keyof typeof BUCKET_MS } } = {
  '24h': { ms: 24 * HOUR_MS, resolution: 'minute' },
  '7d': { ms: 7 * 24 * HOUR_MS, resolution: 'hour' },
  '30d': { ms: 30 * 24 * HOUR_MS, resolution: 'hour' },
  '90d': { ms: 90 * 24 * HOUR_MS, resolution: 'day' },
}

/** Response times over a period, as a chart or as a table. */
export function ResponseTimes({ monitorId, interval }: { monitorId: string; interval: number }) {
  const [period, setPeriod] = useState<Period>('24h')
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const { data, error } = useQuery({
    queryKey: ['monitor', monitorId, 'responses', period],
    queryFn: () => {
      const { ms, resolution } = RANGES[period]
      const nowMs = Date.now()
      const [from, to] = [new Date(nowMs - ms).toISOString(), new Date(nowMs).toISOString()]
      return api.listResponseTimes(monitorId, { from, to, resolution })
    },
    refetchInterval: 30_000,
  })
  const expectedMs = Math.max(interval * 1000, BUCKET_MS[RANGES[period].resolution])
  const points = useMemo(() => chartPoints(data?.series ?? [], expectedMs), [data, expectedMs])
  const hasAny = points.length > 0
  return (
    <section>
      <div className="section-head">
        <h2>{t('responses')}</h2>
        <Choices
          label={t('responses.period')}
          chosen={period}
          choices={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChoose={setPeriod}
        />
        <Choices
          label={t('responses.view')}
          chosen={view}
          choices={(['chart', 'table'] as const).map((value) => ({ value, label: t(`responses.${value}`) }))}
          onChoose={setView}
        />
      </div>
      <Problem error={error} />
      <div className="chart-place">
        {data === undefined ? null : !hasAny ? (
          <p className="dimmed chart-none">{t('responses.none')}</p>
        ) : view === 'chart' ? (
          <ResponseChart points={points} />
        ) : (
          <ResponseTable points={points} />
        )}
      </div>
    </section>
  )
}
