import { type Static, Type } from 'typebox'
import { readSpan } from '#domain'
import { type ApiKey, PERMISSIONS, type Permission } from '#storage'
import { OneLine, ReadOnly, readOnly } from '../body-fields.ts'
import type { Problem } from '../errors.ts'
import { isoSeconds, parseTime } from '../http/times.ts'

const LATEST_MS = Date.UTC(9999, 11, 31)
const GRACE_MAX_S = 30 * 86_400
/** How long a rotated key goes on unless the request says so: long enough to bring the new one everywhere. */
const GRACE_S = 86_400

const Name = OneLine(200, { description: 'What the key is for.', examples: ['ci'] })
const permissionWords = 'What it may do: a list, or a text with commas between. None implies another.'
const Permissions = Type.Union([Type.Array(Type.String(), { maxItems: 20 }), Type.String({ maxLength: 200 })], {
  expected: `a list of ${PERMISSIONS.join(', ')}, or a text with commas between`,
  shownAs: {
    anyOf: [Type.Array(Type.Enum(PERMISSIONS), { minItems: 1 }), Type.String()],
    description: permissionWords,
    examples: [['read', 'write']],
  },
})
const ExpiresAt = Type.Union([Type.String({ maxLength: 40 }), Type.Null()], {
  expected: 'a time such as 2027-01-31T00:00:00Z, or null',
  description: 'When it stops working, ISO 8601; null: never.',
  examples: ['2027-01-31T00:00:00Z'],
})
const ExpiresIn = Type.Union([Type.Integer({ minimum: 1 }), Type.String({ maxLength: 20 }), Type.Null()], {
  expected: 'seconds, or a length of time such as 90d, 12h, 4w, 1y',
  description: 'Says the same from now on: seconds, or a length of time such as `90d`, `12h`, `4w`, `1y`.',
  examples: ['90d'],
})
const expiryFields = { expiresAt: Type.Optional(ExpiresAt), expiresIn: Type.Optional(ExpiresIn) }
const readOnlyFields = readOnly('id', 'prefix', 'createdAt', 'lastUsedAt', 'revokedAt')

export const NewKey = Type.Object(
  { name: Name, permissions: Type.Optional(Permissions), ...expiryFields, ...readOnlyFields, isActive: ReadOnly },
  {
    additionalProperties: false,
    title: 'NewApiKey',
    bodyExamples: {
      ci: { summary: 'A key for 90 days', value: { name: 'ci', permissions: ['read', 'write'], expiresIn: '90d' } },
    },
  },
)
export const ChangedKey = Type.Object(
  {
    name: Type.Optional(Name),
    permissions: Type.Optional(Permissions),
    ...expiryFields,
    isActive: Type.Optional(
      Type.Boolean({ readOnly: true, description: 'Follows from the rest; DELETE revokes a key.' }),
    ),
    ...readOnlyFields,
  },
  { additionalProperties: false, title: 'ApiKeyChanges' },
)
export const Rotation = Type.Object(
  {
    graceSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: GRACE_MAX_S,
        default: GRACE_S,
        description: 'How long the old key still works.',
        examples: [3_600],
      }),
    ),
    ...expiryFields,
  },
  { additionalProperties: false, title: 'ApiKeyRotation' },
)

/** Milliseconds for which a rotated key still works. */
export function graceMsOf({ graceSeconds = GRACE_S }: Static<typeof Rotation>): number {
  return graceSeconds * 1000
}

/** The given permissions in their usual order; undefined where none were given. */
export function readPermissions(given: string | string[] | undefined, problems: Problem[]): Permission[] | undefined {
  if (given === undefined) return undefined
  const asked = (typeof given === 'string' ? given.split(',') : given).map((name) => name.trim().toLowerCase())
  const unknown = asked.filter((name) => !PERMISSIONS.some((known) => known === name))
  if (unknown.length > 0 || asked.length === 0) {
    const got = asked.length === 0 ? 'none' : JSON.stringify(unknown[0])
    problems.push({ path: 'permissions', message: `expected some of ${PERMISSIONS.join(', ')}, got ${got}` })
  }
  return PERMISSIONS.filter((known) => asked.includes(known))
}

/** When the key is to end: null for never, undefined where nothing was said. `stored` may be sent back as it was shown. */
export function readExpiry(
  { expiresAt, expiresIn }: { expiresAt?: string | null; expiresIn?: number | string | null },
  { nowMs, stored, problems }: { nowMs: number; stored: ApiKey | null; problems: Problem[] },
): number | null | undefined {
  if (expiresAt != null && expiresIn != null) {
    problems.push({ path: 'expiresIn', message: 'says the same as expiresAt; send one of them' })
    return undefined
  }
  if (expiresIn != null) {
    const spanMs = typeof expiresIn === 'number' ? expiresIn * 1000 : readSpan(expiresIn)
    return ahead(spanMs === null ? null : nowMs + spanMs, { path: 'expiresIn', nowMs, problems })
  }
  if (expiresAt === undefined) return expiresIn === null ? null : undefined
  if (expiresAt === null) return null
  if (stored !== null && expiresAt === isoSeconds(stored.expiresAtMs)) return stored.expiresAtMs
  return ahead(parseTime(expiresAt), { path: 'expiresAt', nowMs, problems })
}

function ahead(
  atMs: number | null,
  { path, nowMs, problems }: { path: 'expiresAt' | 'expiresIn'; nowMs: number; problems: Problem[] },
): number | undefined {
  if (atMs !== null && atMs > nowMs && atMs <= LATEST_MS) return atMs
  const expected = path === 'expiresAt' ? 'a time such as 2027-01-31T00:00:00Z' : 'a length of time such as 90d'
  const message =
    atMs === null
      ? `expected ${expected}`
      : atMs > nowMs
        ? 'lies too far ahead'
        : 'must lie ahead; DELETE ends a key now'
  problems.push({ path, message })
  return undefined
}
