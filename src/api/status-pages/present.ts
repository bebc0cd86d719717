import { type Static, Type } from 'typebox'
import { MONITOR_STATUSES, PAGE_STATUS_WORDS, type PageStatus, pageStatus, SPAN_STATUSES } from '#domain'
import type { ListedStatusPage, StatusPage } from '#storage'
import { CountFields, OrNull, Removed, Time } from '../answer-fields.ts'
import { isoSeconds } from '../http/times.ts'
import { ComponentFields, GroupFields, PageFields } from './fields.ts'
import type { ComponentFigures } from './figures.ts'

const PAGE_STATUSES = [
  'OPERATIONAL',
  'DEGRADED_PERFORMANCE',
  'PARTIAL_OUTAGE',
  'MAJOR_OUTAGE',
  'UNDER_MAINTENANCE',
  'UNKNOWN',
] as const satisfies PageStatus[]

const Status = Type.Enum(PAGE_STATUSES, {
  description: 'Of all components together; those that are paused or not known yet are left out.',
  examples: ['OPERATIONAL'],
})
const Percent = (when: string) =>
  OrNull(
    Type.Number({ minimum: 0, maximum: 100, examples: [99.95] }),
    `Percent of the known time of ${when} in which it was up or degraded; null while nothing is known.`,
  )

const RowFields = {
  id: Type.String({ description: 'Id of the page.', examples: ['sp_4f7k2p9x1c8w5z3a'] }),
  name: PageFields.name,
  slug: PageFields.slug,
  customDomain: PageFields.customDomain,
  isPublic: PageFields.isPublic,
  monitorCount: Type.Integer({ minimum: 0, description: 'How many monitors are on it.', examples: [5] }),
  url: Type.String({ description: 'Where the public finds it.', examples: ['https://status.example.com'] }),
  createdAt: Time('When it was made.'),
  updatedAt: Time('When it was last changed.'),
}

const Day = Type.Object(
  {
    date: Type.String({ format: 'date', examples: ['2025-01-21'] }),
    status: Type.Enum([...SPAN_STATUSES, 'NO_DATA'], { description: 'The worst of the day.' }),
    uptime: OrNull(Type.Number({ minimum: 0, maximum: 100, examples: [100] }), 'Percent of its known time.'),
    incidents: Type.Integer({ minimum: 0, description: 'Public incidents that touch the day.', examples: [0] }),
  },
  { title: 'StatusPageDay' },
)

const Group = Type.Object({ ...GroupFields, status: Status }, { title: 'StatusPageGroup' })

const Component = Type.Object(
  {
    id: Type.String({ description: 'Id of the monitor.', examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    monitorId: ComponentFields.monitorId,
    displayName: Type.String({
      description: "What the public reads; by default the monitor's name.",
      examples: ['Shop'],
    }),
    group: ComponentFields.group,
    showResponseTime: ComponentFields.showResponseTime,
    status: Type.Enum(MONITOR_STATUSES, { examples: ['UP'] }),
    uptime24h: Percent('24 hours'),
    uptime7d: Percent('7 days'),
    uptime30d: Percent('30 days'),
    uptime90d: Percent('90 days'),
    avgResponseTime24h: OrNull(
      Type.Number({ minimum: 0, examples: [250] }),
      'Mean response time of 24 hours, ms; null also where it is not to be shown.',
    ),
    days: Type.Array(Day, { description: 'The last 90 days in the time zone of the page, oldest first, today last.' }),
  },
  { title: 'StatusPageMonitor' },
)

export const StatusPageAnswer = Type.Object(
  {
    ...RowFields,
    status: Status,
    statusText: Type.String({ description: 'The same in words.', examples: [PAGE_STATUS_WORDS.OPERATIONAL] }),
    description: PageFields.description,
    companyName: PageFields.companyName,
    theme: PageFields.theme,
    brandColor: PageFields.brandColor,
    logoUrl: PageFields.logoUrl,
    faviconUrl: PageFields.faviconUrl,
    timezone: PageFields.timezone,
    groups: Type.Array(Group),
    monitors: Type.Array(Component),
  },
  { title: 'StatusPage' },
)

const Row = Type.Object(RowFields, { title: 'StatusPageRow' })
export const StatusPageList = Type.Object({ statusPages: Type.Array(Row), ...CountFields }, { title: 'StatusPageList' })
export const RemovedStatusPage = Removed('RemovedStatusPage', 'Status page deleted successfully')

/** A page as lists show it. `publicUrl`: where people reach this server. */
export function presentRow(page: ListedStatusPage, publicUrl: string): Static<typeof Row> {
  return {
    id: page.id,
    name: page.name,
    slug: page.slug,
    customDomain: page.customDomain,
    isPublic: page.isPublic,
    monitorCount: page.monitorCount,
    url: page.customDomain === null ? `${publicUrl}/s/${page.slug}` : `https://${page.customDomain}`,
    createdAt: isoSeconds(page.createdAtMs),
    updatedAt: isoSeconds(page.updatedAtMs),
  }
}

/** The whole page. A monitor without figures was deleted just now, and is left out. */
export function presentPage(
  page: StatusPage,
  figures: ReadonlyMap<string, ComponentFigures>,
  publicUrl: string,
): Static<typeof StatusPageAnswer> {
  const shown = page.components.flatMap((component) => {
    const found = figures.get(component.monitorId)
    return found === undefined ? [] : [{ component, found }]
  })
  const status = pageStatus(shown.map(({ found }) => found.status))
  const inGroup = (name: string) => shown.filter(({ component }) => component.group === name)
  return {
    ...presentRow({ ...page, monitorCount: shown.length }, publicUrl),
    status,
    statusText: PAGE_STATUS_WORDS[status],
    description: page.description,
    companyName: page.companyName,
    theme: page.theme,
    brandColor: page.brandColor,
    logoUrl: page.logoUrl,
    faviconUrl: page.faviconUrl,
    timezone: page.timezone,
    groups: page.groups.map(({ name, description, isCollapsed }) => ({
      name,
      description,
      collapsed: isCollapsed,
      status: pageStatus(inGroup(name).map(({ found }) => found.status)),
    })),
    monitors: shown.map(({ component, found }) => ({
      id: component.monitorId,
      monitorId: component.monitorId,
      displayName: component.displayName ?? found.name,
      group: component.group,
      showResponseTime: component.showResponseTime,
      status: found.status,
      ...found.uptime,
      avgResponseTime24h: found.avgResponseTime24h,
      days: found.days,
    })),
  }
}
