import { type Static, Type } from 'typebox'
import { channelFor } from '#channels'
import type { Json } from '#domain'
import type { Problem } from '../errors.ts'
import { problemsOf } from '../validation/problems.ts'

const NotificationWishSchema = Type.Object(
  {
    type: Type.String({ minLength: 1, maxLength: 40, description: 'Channel type, such as WEBHOOK.' }),
    enabled: Type.Optional(Type.Boolean({ default: true, description: 'False: left out.' })),
    config: Type.Record(Type.String(), Type.Unknown(), { description: "The channel type's own fields." }),
  },
  { additionalProperties: false, title: 'NotificationWish' },
)
export const NotificationWishes = Type.Array(NotificationWishSchema, {
  maxItems: 20,
  description: 'Channels given in full: found among those of the account, or made, and told of this monitor.',
})

/** A channel that a monitor wants, given in full: found among the account's, or made. */
export interface NotificationWish {
  type: string
  config: { [name: string]: Json }
}

/** Reads the `notifications` field; what is wrong with it is added to `problems`. */
export function readNotifications(value: Json, problems: Problem[]): NotificationWish[] {
  if (value === null) return []
  const wrong = problemsOf(NotificationWishes, value, 'notifications')
  problems.push(...wrong)
  if (wrong.length > 0 || !isWishes(value)) return []
  return value.flatMap((wish, at) => {
    if (wish.enabled === false) return []
    const path = `notifications[${at}]`
    const channel = channelFor(wish.type)
    if (channel === null) {
      problems.push({ path: `${path}.type`, message: `no channel type ${JSON.stringify(wish.type)} is available` })
      return []
    }
    const config = wish.config
    const found = problemsOf(channel.config, config, `${path}.config`)
    if (found.length === 0) {
      for (const problem of channel.validate?.(config) ?? [])
        found.push({ path: `${path}.config.${problem.path}`, message: problem.message })
    }
    problems.push(...found)
    return found.length > 0 ? [] : [{ type: wish.type, config }]
  })
}

type WishJson = Omit<Static<typeof NotificationWishSchema>, 'config'> & { config: { [name: string]: Json } }

function isWishes(value: unknown): value is WishJson[] {
  return Array.isArray(value)
}
