import { type Static, Type } from 'typebox'
import { type AnyChannel, CHANNEL_TYPES, channelFor } from '#channels'
import { ALERT_EVENTS, type AlertEventName, DEFAULT_EVENTS, type Json } from '#domain'
import type { NotificationChannel } from '#storage'
import { OneLine, readOnly } from '../body-fields.ts'
import { invalid, type Problem } from '../errors.ts'
import { type Config, keepMasked } from '../masks.ts'
import type { RouteDeps } from '../routes.ts'
import { problemsOf } from '../validation/problems.ts'
import { ConfigChanges, NewConfig } from './answers.ts'

const Name = OneLine(100, { description: 'What people call it.' })
const eventsWords = 'Events that it gets. Default: the monitor, regression and certificate events.'
const Events = Type.Union([Type.Array(Type.String(), { maxItems: 50 }), Type.String({ maxLength: 1000 })], {
  expected: 'a list of events, or their names with commas between',
})
/** What every channel can be given. */
const optionalFields = {
  events: Type.Optional(
    Type.Union([Events, Type.Null()], {
      description: eventsWords,
      shownAs: {
        anyOf: [Type.Array(Type.Enum(ALERT_EVENTS)), Type.String(), Type.Null()],
        description: `${eventsWords} A list, or a text with commas between.`,
        examples: [['monitor.down', 'monitor.up']],
      },
    }),
  ),
  allMonitors: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], {
      default: true,
      description: 'False: only monitors that name it in notificationChannelIds.',
    }),
  ),
  isActive: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], { default: true, description: 'False: it gets nothing.' }),
  ),
  ...readOnly('id', 'lastStatus', 'lastTriggeredAt', 'createdAt', 'updatedAt'),
}
/** Read field by field once the type is known. */
const configShownAs = (shownAs: object) => Type.Record(Type.String(), Type.Unknown(), { shownAs })
const ChannelTypeName = Type.String({
  maxLength: 40,
  expected: `one of ${CHANNEL_TYPES.join(', ')}`,
  description: 'What kind of channel it is.',
  shownAs: Type.Enum(CHANNEL_TYPES, { description: 'What kind of channel it is.' }),
})
const bodyExamples = {
  webhook: {
    summary: 'A webhook',
    value: {
      name: 'Ops webhook',
      type: 'WEBHOOK',
      config: { url: 'https://hooks.example.com/statusapp' },
      events: ['monitor.down', 'monitor.up'],
    },
  },
}

export const NewChannel = Type.Object(
  { name: Name, type: ChannelTypeName, config: configShownAs(NewConfig), ...optionalFields },
  { additionalProperties: false, title: 'NewNotificationChannel', bodyExamples },
)
export const ChangedChannel = Type.Object(
  {
    name: Type.Optional(Name),
    type: Type.Optional(ChannelTypeName),
    config: Type.Optional(configShownAs(ConfigChanges)),
    ...optionalFields,
  },
  { additionalProperties: false, title: 'NotificationChannelChanges' },
)

/** A channel that is not stored yet. Throws `ApiError` that lists every problem. */
export function newChannel(deps: RouteDeps, accountId: string, body: Static<typeof NewChannel>): NotificationChannel {
  const problems: Problem[] = []
  const type = typeOf(body.type, problems)
  const events = readEvents(body.events, problems) ?? [...DEFAULT_EVENTS]
  const config = type === null ? {} : readConfig(type, asConfig(body.config), null, problems)
  if (type === null || problems.length > 0) throw invalid(problems)
  const nowMs = deps.clock.nowMs()
  return {
    id: deps.newId('nc'),
    accountId,
    name: body.name,
    type: type.type,
    config: type.complete?.(config, (size) => deps.randomBytes(size)) ?? config,
    events,
    allMonitors: body.allMonitors ?? true,
    isActive: body.isActive ?? true,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}

/** The stored channel with the given fields laid over it. Throws `ApiError`. */
export function changedChannel(
  deps: RouteDeps,
  stored: NotificationChannel,
  body: Static<typeof ChangedChannel>,
): NotificationChannel {
  const problems: Problem[] = []
  if (body.type !== undefined && body.type !== stored.type)
    problems.push({
      path: 'type',
      message: `can't be changed; this is a ${stored.type} channel, make a new one instead`,
    })
  const type = typeOf(stored.type, problems)
  const events = readEvents(body.events, problems)
  const config =
    type === null || body.config === undefined
      ? stored.config
      : readConfig(type, asConfig(body.config), stored.config, problems)
  if (problems.length > 0) throw invalid(problems)
  return {
    ...stored,
    name: body.name ?? stored.name,
    config: type?.complete?.(config, (size) => deps.randomBytes(size)) ?? config,
    events: events ?? (body.events === null ? [...DEFAULT_EVENTS] : stored.events),
    allMonitors: body.allMonitors === undefined ? stored.allMonitors : (body.allMonitors ?? true),
    isActive: body.isActive === undefined ? stored.isActive : (body.isActive ?? true),
    updatedAtMs: deps.clock.nowMs(),
  }
}

/** The given fields over the stored ones; null takes one away, the mask keeps a secret. */
function readConfig(type: AnyChannel, given: Config, stored: Config | null, problems: Problem[]): Config {
  const present: Config = {}
  for (const [name, value] of Object.entries(given)) if (value !== null) present[name] = value
  const { config: kept, missing } = keepMasked(present, stored)
  for (const path of missing) {
    problems.push({
      path: `config.${path}`,
      message: 'shows the mask, but there is no secret stored that it stands for',
    })
  }
  const config: Config = { ...(stored ?? {}), ...kept }
  for (const [name, value] of Object.entries(given)) if (value === null) delete config[name]
  const found = problemsOf(type.config, config, 'config')
  if (found.length === 0 && missing.length === 0) {
    for (const { path, message } of type.validate?.(config) ?? []) found.push({ path: `config.${path}`, message })
  }
  problems.push(...found)
  return config
}

function readEvents(given: string[] | string | null | undefined, problems: Problem[]): AlertEventName[] | null {
  if (given === undefined || given === null) return null
  const names = (typeof given === 'string' ? given.split(',') : given).map((name) => name.trim()).filter(Boolean)
  const events: AlertEventName[] = []
  for (const name of names) {
    const known = ALERT_EVENTS.find((event) => event === name)
    if (known !== undefined) events.push(known)
    else
      problems.push({
        path: 'events',
        message: `there is no event ${JSON.stringify(name)}; there are ${ALERT_EVENTS.join(', ')}`,
      })
  }
  return [...new Set(events)]
}

function typeOf(name: string, problems: Problem[]): AnyChannel | null {
  const type = channelFor(name)
  if (type === null)
    problems.push({ path: 'type', message: `expected one of ${CHANNEL_TYPES.join(', ')}, got ${JSON.stringify(name)}` })
  return type
}

/** What the JSON parser has made is JSON. */
function asConfig(config: { [name: string]: unknown }): Config {
  return config as { [name: string]: Json }
}
