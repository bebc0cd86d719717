import { type Static, Type } from 'typebox'
import { type ApiKey, PERMISSIONS } from '#storage'
import { CountFields, OrNull, Removed, Time, TimeOrNull } from '../answer-fields.ts'
import { isoSeconds } from '../http/times.ts'

const fields = {
  id: Type.String({ examples: ['key_k3v9x0q2m7c1w8ta'] }),
  name: Type.String({ description: 'What it is for.', examples: ['ci'] }),
  prefix: Type.String({ description: 'Its first characters, to recognise it by.', examples: ['sk_live_ab12'] }),
  permissions: Type.Array(Type.Enum(PERMISSIONS), {
    description: 'What it may do; none implies another.',
    examples: [['read', 'write']],
  }),
  isActive: Type.Boolean({ description: 'False once it has expired or was revoked.', examples: [true] }),
  createdAt: Time('When it was made.'),
  lastUsedAt: TimeOrNull('When it was used last, within some seconds; null while it never was.'),
  expiresAt: TimeOrNull('When it stops working; null: never.'),
  revokedAt: TimeOrNull('When it was revoked.'),
}
const secret = Type.String({
  description: 'The key itself. It is shown this once and kept nowhere.',
  examples: ['sk_live_abc123xyz...'],
})

export const ShownKey = Type.Object(fields, { title: 'ApiKey' })
export const KeyList = Type.Object({ apiKeys: Type.Array(ShownKey), ...CountFields }, { title: 'ApiKeyList' })
export const MadeKey = Type.Object({ ...fields, key: secret }, { title: 'NewApiKeyAnswer' })
export const RotatedKey = Type.Object(
  {
    ...fields,
    key: secret,
    replaces: Type.Object({
      id: Type.String({ description: 'The old key.', examples: ['key_a1b2c3d4e5f6g7h8'] }),
      expiresAt: OrNull(Time('Until when the old key still works.')),
    }),
  },
  { title: 'RotatedApiKey' },
)
export const RevokedKey = Type.Object(
  {
    ...Removed('', 'API key revoked successfully').properties,
    warnings: Type.Optional(Type.Array(Type.String(), { description: 'What may surprise.' })),
  },
  { title: 'ApiKeyRevoked' },
)

/** A key as answers show it: never the key itself. */
export function presentKey(key: ApiKey, nowMs: number): Static<typeof ShownKey> {
  const { id, name, prefix, permissions } = key
  return {
    id,
    name,
    prefix,
    permissions,
    isActive: isLive(key, nowMs),
    createdAt: isoSeconds(key.createdAtMs),
    lastUsedAt: isoSeconds(key.lastUsedAtMs),
    expiresAt: isoSeconds(key.expiresAtMs),
    revokedAt: isoSeconds(key.revokedAtMs),
  }
}

/** Whether a key works. */
export function isLive({ expiresAtMs, revokedAtMs }: ApiKey, nowMs: number): boolean {
  return revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs)
}
