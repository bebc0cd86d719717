import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { isLoggedOut, session } from './api/client.ts'
import { sessionQuery } from './api/queries.ts'
import { Broken } from './shell/Broken.tsx'
import { NotFound } from './shell/NotFound.tsx'
import { Shell } from './shell/Shell.tsx'
import { Waiting } from './shell/Waiting.tsx'

const STATUSES = ['UP', 'DOWN', 'DEGRADED', 'PENDING', 'PAUSED', 'MAINTENANCE'] as const
const INCIDENT_FILTERS = ['active', 'resolved', 'all'] as const

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ notFoundComponent: NotFound })

interface MonitorSearch {
  search?: string | undefined
  status?: (typeof STATUSES)[number] | undefined
}
type IncidentFilter = (typeof INCIDENT_FILTERS)[number]

/** What an address may say after its question mark, by name. What is left `undefined` is dropped, whatever it was. */
type Given<Name extends string> = { [name in Name]?: unknown }

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: ({ token }: Given<'token'>): { token?: string | undefined } => ({ token: textOr(token) }),
  component: lazyRouteComponent(() => import('./pages/sign-in/SetupPage.tsx'), 'SetupPage'),
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ next }: Given<'next'>): { next?: string | undefined } => ({ next: ownPathOr(next) }),
  component: lazyRouteComponent(() => import('./pages/sign-in/LoginPage.tsx'), 'LoginPage'),
})

/** All that only who is logged in may see. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(sessionQuery)
    } catch (error) {
      if (!isLoggedOut(error)) throw error
      const { needsSetup } = await session.setupState()
      if (needsSetup) throw redirect({ to: '/setup' })
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
    }
  },
  component: Shell,
})

const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/OverviewPage.tsx'), 'OverviewPage'),
})

const monitors = createRoute({
  getParentRoute: () => app,
  path: '/monitors',
  validateSearch: ({ search, status }: Given<'search' | 'status'>): MonitorSearch => ({
    search: textOr(search) === '' ? undefined : textOr(search),
    status: STATUSES.find((each) => each === status),
  }),
  component: lazyRouteComponent(() => import('./pages/monitors/MonitorsPage.tsx'), 'MonitorsPage'),
})

const newMonitor = createRoute({
  getParentRoute: () => app,
  path: '/monitors/new',
  component: lazyRouteComponent(() => import('./pages/monitor-form/NewMonitorPage.tsx'), 'NewMonitorPage'),
})

const monitor = createRoute({
  getParentRoute: () => app,
  path: '/monitors/$monitorId',
  component: lazyRouteComponent(() => import('./pages/monitor/MonitorPage.tsx'), 'MonitorPage'),
})

const editMonitor = createRoute({
  getParentRoute: () => app,
  path: '/monitors/$monitorId/edit',
  component: lazyRouteComponent(() => import('./pages/monitor-form/EditMonitorPage.tsx'), 'EditMonitorPage'),
})

const incidents = createRoute({
  getParentRoute: () => app,
  path: '/incidents',
  validateSearch: ({ filter }: Given<'filter'>): { filter?: IncidentFilter | undefined } => ({
    filter: INCIDENT_FILTERS.find((each) => each === filter),
  }),
  component: lazyRouteComponent(() => import('./pages/incidents/IncidentsPage.tsx'), 'IncidentsPage'),
})

const incident = createRoute({
  getParentRoute: () => app,
  path: '/incidents/$incidentId',
  component: lazyRouteComponent(() => import('./pages/incidents/IncidentPage.tsx'), 'IncidentPage'),
})

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/notification-channels' })
  },
})

const channels = createRoute({
  getParentRoute: () => app,
  path: '/settings/notification-channels',
  component: lazyRouteComponent(() => import('./pages/settings/ChannelsPage.tsx'), 'ChannelsPage'),
})

const apiAccess = createRoute({
  getParentRoute: () => app,
  path: '/settings/integrations/api-access',
  component: lazyRouteComponent(() => import('./pages/settings/ApiAccessPage.tsx'), 'ApiAccessPage'),
})

const routeTree = root.addChildren([
  setup,
  login,
  app.addChildren([
    overview,
    monitors,
    newMonitor,
    monitor,
    editMonitor,
    incidents,
    incident,
    settings,
    channels,
    apiAccess,
  ]),
])

/** Every page and its address. Pages are loaded when they are first needed, or pointed at. */
export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: Broken,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 200,
    scrollRestoration: true,
  })
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** An address of ours, and not one of another site that only looks like it. */
function ownPathOr(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
