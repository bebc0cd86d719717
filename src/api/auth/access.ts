import type { Role } from '#domain'
import type { Permission } from '#storage'

/**
 * What a route does, as roles know it. `see`: read. `work`: monitors and incidents. `manage`: delete, status pages,
 * channels, API keys, people. `own`: roles and the plan. `self`: one's own session and password, whatever the role.
 */
export const ROUTE_KINDS = ['see', 'work', 'manage', 'own', 'self'] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

/** The one table of roles. */
const ROLE_MAY: { readonly [role in Role]: readonly RouteKind[] } = {
  OWNER: ['see', 'work', 'manage', 'own', 'self'],
  ADMIN: ['see', 'work', 'manage', 'self'],
  MEMBER: ['see', 'work', 'self'],
  VIEWER: ['see', 'self'],
}

/** What a session of a role has in the place of a key's permissions. */
export const ROLE_PERMISSIONS: { readonly [role in Role]: readonly Permission[] } = {
  OWNER: ['read', 'write', 'delete', 'admin'],
  ADMIN: ['read', 'write', 'delete', 'admin'],
  MEMBER: ['read', 'write'],
  VIEWER: ['read'],
}

const METHOD_PERMISSION: { readonly [method: string]: Permission } = {
  GET: 'read',
  HEAD: 'read',
  POST: 'write',
  PUT: 'write',
  DELETE: 'delete',
}

/** A route as the rules look at it: its method, and where the defaults by method are not right, its own words. */
export interface RouteNeeds {
  method: string
  permission?: Permission | undefined
  kind?: RouteKind | undefined
}

/** Who asks, as the rules look at them. */
export interface AccessOf {
  kind: 'key' | 'session'
  role: Role | null
  permissions: readonly Permission[]
}

/**
 * Why a caller may not use a route, as a sentence; null when they may. A key needs the permission, and its maker's role;
 * a key without a maker only the permission; a session only the role.
 */
export function refusalOfAccess({ kind, role, permissions }: AccessOf, route: RouteNeeds): string | null {
  const routeKind = kindOf(route)
  if (routeKind === 'self') return kind === 'session' ? null : 'An API key has no session of its own. Log in for this.'
  const permission = permissionOf(route)
  if (kind === 'key' && permission !== undefined && !permissions.includes(permission))
    return `This API key lacks the "${permission}" permission.`
  if (role === null || ROLE_MAY[role].includes(routeKind)) return null
  return kind === 'key'
    ? `The member who made this API key has the role ${role} now, which does not allow this.`
    : `Your role is ${role}, which does not allow this.`
}

/** Whether a caller may make and change channels, also where a route of another kind leads to it. */
export function mayManage(caller: AccessOf): boolean {
  return refusalOfAccess(caller, { method: 'POST', kind: 'manage' }) === null
}

/** The permission that a key needs for a route. */
export function permissionOf({ method, permission }: RouteNeeds): Permission | undefined {
  return permission ?? METHOD_PERMISSION[method]
}

/** What a route does. Reading is `see` even where a key needs `admin` for it: every role sees everything. */
export function kindOf({ method, permission, kind }: RouteNeeds): RouteKind {
  if (kind !== undefined) return kind
  if (method === 'GET' || method === 'HEAD') return 'see'
  return permission === 'admin' || permission === 'delete' || method === 'DELETE' ? 'manage' : 'work'
}
