import { Type } from 'typebox'
import { type AnyChannel, CHANNEL_TYPES, channelFor } from '#channels'
import { ALERT_EVENTS, type AlertEventName, DEFAULT_EVENTS, type Json } from '#domain'
import type { NotificationChannel } from '#storage'
import { invalid, type Problem } from '../errors.ts'
import { type Config, keepMasked } from '../masks.ts'
import { nearest } from '../validation/nearest.ts'
import { problemsOf, unknownField } from '../validation/problems.ts'

/** The fields of a channel beside its type's own, which stand in `config`. */
export const ChannelFields = {
  name: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^(?!\\s*$)[^\\u0000-\\u001f\\u007f]+$',
    expected: 'a text of 1 to 200 characters on one line, not only blanks',
    description: 'What people call it.',
  }),
  events: Type.Union([Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 }), Type.String({ maxLength: 1000 })], {
    description: 'Events that it gets, as a list or with commas.',
    default: [...DEFAULT_EVENTS],
  }),
  allMonitors: Type.Boolean({ description: 'False: only of monitors that name it.', default: true }),
  isActive: Type.Boolean({ description: 'False: it gets nothing.', default: true }),
}

type FieldName = keyof typeof ChannelFields

const READ_ONLY = new Set(['id', 'lastStatus', 'lastTriggeredAt', 'createdAt', 'updatedAt'])

/** What a channel would be with the given fields. */
export type ChannelDraft = Pick<NotificationChannel, 'name' | 'type' | 'config' | 'events' | 'allMonitors' | 'isActive'>

/** Lays a body over a stored channel, or over the defaults. Throws `ApiError` that lists every problem. */
export function draftChannel(
  body: { [name: string]: Json },
  stored: NotificationChannel | null,
  randomBytes: (size: number) => Uint8Array,
): ChannelDraft {
  const problems: Problem[] = []
  const type = typeOf(body['type'], stored, problems)
  for (const [name, value] of Object.entries(body)) {
    if (name === 'type' || name === 'config' || READ_ONLY.has(name)) continue
    if (!isField(name)) problems.push(unknownField(name, name, [...Object.keys(ChannelFields), 'type', 'config']))
    else if (value !== null) problems.push(...problemsOf(ChannelFields[name], value, name))
  }
  const name = body['name'] ?? (body['name'] === undefined ? stored?.name : undefined)
  if (name === undefined) problems.push({ path: 'name', message: 'is required' })
  const events = eventsOf(body['events'], stored, problems)
  const config = configOf(body['config'], type, stored, problems)
  if (problems.length > 0) throw invalid(problems)
  return {
    name: String(name),
    type: type.type,
    config: type.complete?.(config, randomBytes) ?? config,
    events,
    allMonitors: flag(body['allMonitors'], stored?.allMonitors),
    isActive: flag(body['isActive'], stored?.isActive),
  }
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(ChannelFields, name)
}

function flag(given: Json | undefined, before: boolean | undefined): boolean {
  if (given === undefined) return before ?? true
  return given !== false
}

function typeOf(given: Json | undefined, stored: NotificationChannel | null, problems: Problem[]): AnyChannel {
  if (stored !== null && given !== undefined && given !== null && given !== stored.type)
    problems.push({
      path: 'type',
      message: `can't be changed; this is a ${stored.type} channel, make a new one instead`,
    })
  const wanted = stored?.type ?? given
  const channel = typeof wanted === 'string' ? channelFor(wanted) : null
  if (channel === null) {
    const got = wanted === undefined ? 'nothing' : JSON.stringify(wanted).slice(0, 60)
    throw invalid([...problems, { path: 'type', message: `expected one of ${CHANNEL_TYPES.join(', ')}, got ${got}` }])
  }
  return channel
}

function eventsOf(given: Json | undefined, stored: NotificationChannel | null, problems: Problem[]): AlertEventName[] {
  if (given === undefined) return stored?.events ?? [...DEFAULT_EVENTS]
  if (given === null) return [...DEFAULT_EVENTS]
  const names = typeof given === 'string' ? given.split(',').map((name) => name.trim()) : given
  const events: AlertEventName[] = []
  for (const name of Array.isArray(names) ? names : []) {
    const event = ALERT_EVENTS.find((known) => known === name)
    if (event !== undefined) events.push(event)
    else if (typeof name === 'string' && name !== '') problems.push(unknownEvent(name))
  }
  return [...new Set(events)]
}

function unknownEvent(name: string): Problem {
  const meant = nearest(name, ALERT_EVENTS)
  const hint = meant === null ? `; there are ${ALERT_EVENTS.join(', ')}` : `; did you mean "${meant}"?`
  return { path: 'events', message: `${JSON.stringify(name.slice(0, 40))} is not an event${hint}` }
}

/** A given config is laid over the stored one; null resets a field. */
function configOf(
  given: Json | undefined,
  type: AnyChannel,
  stored: NotificationChannel | null,
  problems: Problem[],
): Config {
  const before = stored?.config ?? {}
  if (given === undefined && stored !== null) return before
  if (given === undefined || typeof given !== 'object' || given === null || Array.isArray(given)) {
    problems.push({ path: 'config', message: given === undefined ? 'is required' : 'expected an object' })
    return before
  }
  const { config: kept, missing } = keepMasked(given, before)
  for (const path of missing)
    problems.push({ path: `config.${path}`, message: 'has the mask •••• where nothing is stored; send the real value' })
  const config: Config = {}
  for (const [name, value] of Object.entries({ ...before, ...kept })) if (value !== null) config[name] = value
  const wrong = problemsOf(type.config, config, 'config')
  if (wrong.length === 0 && missing.length === 0)
    for (const problem of type.validate?.(config) ?? [])
      wrong.push({ path: `config.${problem.path}`, message: problem.message })
  problems.push(...wrong)
  return config
}
