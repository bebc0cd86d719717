/** What a member may do in an account, from most to least. */
export const ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const
export type Role = (typeof ROLES)[number]

/** The roles as which somebody of a role may invite others, and make them less or remove them. */
export function rolesGivable(role: Role): readonly Role[] {
  if (role === 'OWNER') return ROLES
  return role === 'ADMIN' ? ROLES.filter((each) => each !== 'OWNER') : []
}
