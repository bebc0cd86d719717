import type { Page, Paged } from './port.ts'

export const PAGE_THEMES = ['light', 'dark', 'system'] as const
export type PageTheme = (typeof PAGE_THEMES)[number]

/** A heading on a status page, with monitors under it. Its name tells it from the page's others. */
export interface PageGroup {
  name: string
  description: string | null
  /** Shown closed at first. */
  isCollapsed: boolean
}

/** A monitor on a status page. */
export interface PageComponent {
  monitorId: string
  /** Null: the monitor's own name. */
  displayName: string | null
  /** Name of a group of the page; null stands apart from all groups. */
  group: string | null
  showResponseTime: boolean
}

/** A page as a list shows it. */
export interface ListedStatusPage {
  /** `sp_` + 16 characters. */
  id: string
  accountId: string
  name: string
  /** Unique over all accounts. */
  slug: string
  /** Unique over all accounts, in lower case. */
  customDomain: string | null
  isPublic: boolean
  monitorCount: number
  createdAtMs: number
  updatedAtMs: number
}

/** What the public sees of some monitors. */
export interface StatusPage extends Omit<ListedStatusPage, 'monitorCount'> {
  description: string | null
  companyName: string | null
  theme: PageTheme
  brandColor: string | null
  logoUrl: string | null
  faviconUrl: string | null
  /** Whose midnights part the days; null follows the account. */
  timezone: string | null
  /** In the order in which they are shown, as `components`. */
  groups: PageGroup[]
  components: PageComponent[]
}

/** What another page, of whatever account, has already. */
export type TakenAddress = 'slug' | 'customDomain'

export interface StatusPageRepository {
  /** Monitors that are no longer there, or another account's, are left out. Null: stored. */
  create(page: StatusPage): Promise<TakenAddress | null>
  /** The same over a stored page of this id and account; `unknown` where there is none. */
  update(page: StatusPage): Promise<TakenAddress | 'unknown' | null>
  delete(accountId: string, id: string): Promise<boolean>
  /** Without monitors that were deleted since. */
  get(accountId: string, id: string): Promise<StatusPage | null>
  /** Newest first, id as tie-break. */
  list(accountId: string, page: Page): Promise<Paged<ListedStatusPage>>
  count(accountId: string): Promise<number>
}
