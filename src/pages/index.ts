export { dashboardRoutes } from './dashboard/routes.ts'
export { helpRoutes } from './help/routes.ts'
