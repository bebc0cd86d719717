import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ListChecksQuery, ListIncidentsQuery, MonitorRow } from '#client'
import { api, session } from './client.ts'

/** How often what is shown is asked for anew while the page is in front. */
const LIVE_MS = 10_000
const live = { refetchInterval: LIVE_MS, placeholderData: keepPreviousData } as const

export type Period = '24h' | '7d' | '30d' | '90d'
export const PERIODS: readonly Period[] = ['24h', '7d', '30d', '90d']

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: session.current,
  staleTime: 60_000,
  retry: false,
})

export const overviewQuery = queryOptions({ queryKey: ['analytics'], queryFn: () => api.getAnalytics(), ...live })

export const monitorsQuery = queryOptions({ queryKey: ['monitors'], queryFn: allMonitors, ...live })

/** Every monitor: the API gives up to a thousand at once. */
async function allMonitors({ signal }: { signal: AbortSignal }): Promise<MonitorRow[]> {
  const rows: MonitorRow[] = []
  for (;;) {
    const { monitors, hasMore } = await api.listMonitors(rows.length === 0 ? {} : { offset: rows.length }, { signal })
    rows.push(...monitors)
    if (!hasMore || monitors.length === 0) return rows
  }
}

export const monitorQuery = (id: string) =>
  queryOptions({ queryKey: ['monitor', id], queryFn: () => api.getMonitor(id), ...live })

export const figuresQuery = (id: string, period: Period) =>
  queryOptions({
    queryKey: ['monitor', id, 'figures', period],
    queryFn: () => api.getMonitorAnalytics(id, { period }),
    ...live,
    refetchInterval: 3 * LIVE_MS,
  })

export const checksQuery = (id: string, query: ListChecksQuery) =>
  queryOptions({ queryKey: ['monitor', id, 'checks', query], queryFn: () => api.listChecks(id, query), ...live })

export const heartbeatsQuery = (id: string) =>
  queryOptions({
    queryKey: ['monitor', id, 'heartbeats'],
    queryFn: () => api.listHeartbeats(id, { limit: 20 }),
    ...live,
  })

export const incidentsQuery = (query: ListIncidentsQuery) =>
  queryOptions({ queryKey: ['incidents', query], queryFn: () => api.listIncidents(query), ...live })

export const incidentQuery = (id: string) =>
  queryOptions({ queryKey: ['incident', id], queryFn: () => api.getIncident(id), ...live })

export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: () => api.listApiKeys({ limit: 100 }) })

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: () => api.listNotificationChannels({ limit: 100 }),
})

export const regionsQuery = queryOptions({
  queryKey: ['regions'],
  queryFn: () => api.listWorkerRegions(),
  staleTime: 60_000,
})
