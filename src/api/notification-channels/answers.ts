import { type TSchema, Type } from 'typebox'
import { CHANNELS } from '#channels'
import { ALERT_EVENTS, type AlertEventName } from '#domain'
import { CountFields, OrNull, Removed, Time, TimeOrNull } from '../answer-fields.ts'
import type { Config } from '../masks.ts'
import { asShown, typeName } from '../shown-field.ts'

const OUTCOMES = ['pending', 'delivered', 'failed'] as const
const EventName = Type.Unsafe<AlertEventName>(Type.Enum(ALERT_EVENTS, { examples: ['monitor.down'] }))

/** The configuration of a type, each in its own schema. */
function anyConfig(schemas: TSchema[], description: string) {
  return Type.Unsafe<Config>(schemas.length === 1 ? { ...schemas[0], description } : { anyOf: schemas, description })
}

/** What a new channel is configured with. */
export const NewConfig = anyConfig(
  CHANNELS.map(({ type, config }) => Type.Unsafe({ ...config, title: `${typeName(type)}Config` })),
  "The type's own fields.",
)

/** What is laid over the configuration of a stored one. */
export const ConfigChanges = anyConfig(
  CHANNELS.map(({ type, config }) => {
    const fields = Object.entries(config.properties).map(([name, field]) => [
      name,
      Type.Optional(Type.Union([Type.Unsafe({ ...field }), Type.Null()])),
    ])
    return Type.Object(Object.fromEntries(fields), { title: `${typeName(type)}ConfigChanges` })
  }),
  'Fields to change; null takes one away, the mask keeps a secret.',
)

const ShownConfig = anyConfig(
  CHANNELS.map(({ type, config }) => {
    const fields = Object.entries(config.properties).map(([name, field]) => [name, Type.Optional(asShown(field))])
    return Type.Object(Object.fromEntries(fields), { title: `Shown${typeName(type)}Config` })
  }),
  'Its own fields; secrets are masked (`••••`).',
)

export const NotificationChannel = Type.Object(
  {
    id: Type.String({ examples: ['nc_4f7k2p9x1c8w5z3a'] }),
    name: Type.String({ examples: ['Ops webhook'] }),
    type: Type.String({ description: 'What kind of channel it is.', examples: ['WEBHOOK'] }),
    config: ShownConfig,
    events: Type.Array(EventName, { description: 'Events that it gets.' }),
    allMonitors: Type.Boolean({ description: 'False: only monitors that name it in notificationChannelIds.' }),
    isActive: Type.Boolean({ description: 'False: it gets nothing.' }),
    lastStatus: OrNull(Type.Enum(OUTCOMES), 'How its newest delivery went.'),
    lastTriggeredAt: TimeOrNull('When that was.'),
    createdAt: Time('When it was made.'),
    updatedAt: Time('When it last changed.'),
  },
  { title: 'NotificationChannel' },
)
export const ChannelList = Type.Object(
  { channels: Type.Array(NotificationChannel), ...CountFields },
  { title: 'NotificationChannelList' },
)
export const RemovedChannel = Removed('RemovedNotificationChannel', 'Notification channel deleted successfully')

export const ChannelTestResult = Type.Object(
  {
    success: Type.Boolean(),
    statusCode: OrNull(Type.Integer({ examples: [200] }), 'What the receiver answered.'),
    responseTime: Type.Integer({ description: 'ms', examples: [120] }),
    error: OrNull(Type.String(), 'Why it did not arrive.'),
  },
  { title: 'ChannelTestResult' },
)

const Attempt = Type.Object(
  {
    at: Time('When it began.'),
    duration: Type.Integer({ description: 'ms', examples: [120] }),
    statusCode: OrNull(Type.Integer({ examples: [200] })),
    error: OrNull(Type.String()),
  },
  { title: 'DeliveryAttempt' },
)
export const Delivery = Type.Object(
  {
    id: Type.String({ examples: ['del_4f7k2p9x1c8w5z3a'] }),
    event: Type.Unsafe<AlertEventName>(Type.Enum([...ALERT_EVENTS, 'test'])),
    eventId: Type.String({ description: 'Stays the same when it is sent again.' }),
    monitorId: OrNull(Type.String()),
    status: Type.Enum(OUTCOMES, { examples: ['delivered'] }),
    statusCode: OrNull(Type.Integer({ examples: [200] }), 'What the receiver answered last.'),
    attempts: Type.Integer({ minimum: 0, examples: [1] }),
    nextAttemptAt: TimeOrNull('When it is tried again.'),
    deliveredAt: TimeOrNull('When it arrived.'),
    error: OrNull(Type.String(), 'Why the last attempt failed.'),
    createdAt: Time('When it came up.'),
    attemptLog: Type.Array(Attempt, { description: 'The attempts, as far as they are kept.' }),
  },
  { title: 'Delivery', description: 'Telling one event to one channel.' },
)
export const DeliveryList = Type.Object({ deliveries: Type.Array(Delivery), ...CountFields }, { title: 'DeliveryList' })
