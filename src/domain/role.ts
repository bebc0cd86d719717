/** What a member may do in an account, from most to least. */
export const ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const
export type Role = (typeof ROLES)[number]
