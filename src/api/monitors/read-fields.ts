import type { TSchema } from 'typebox'
import type { Json, MonitorType } from '#domain'
import { type AnyProbe, MONITOR_TYPES, probeFor } from '#probes'
import { invalid, type Problem } from '../errors.ts'
import type { Config } from '../masks.ts'
import { problemsOf, unknownField } from '../validation/problems.ts'
import {
  type CommonField,
  CommonFields,
  commonFieldsFor,
  FIELD_ALIASES,
  IGNORED_FIELDS,
  READ_ONLY_FIELDS,
  TYPE_ALIASES,
} from './common-fields.ts'
import { type NotificationWish, readNotifications } from './notification-wishes.ts'

/** A body taken apart. Null asks for a field's default. Nothing here is checked against other fields yet. */
export interface MonitorFields {
  type: MonitorType
  probe: AnyProbe
  common: { [field in CommonField]?: Json }
  config: Config
  notifications: NotificationWish[]
  problems: Problem[]
}

/** Reads a body for a new monitor, or for a change of one of `storedType`. Throws `ApiError` where no type is clear. */
export function readMonitorFields(body: { [name: string]: Json }, storedType: MonitorType | null): MonitorFields {
  const problems: Problem[] = []
  const { type, probe } = readType(body['type'], storedType, problems)
  const common = commonFieldsFor(type)
  const own: { [name: string]: TSchema } = probe.config.properties
  const fields: MonitorFields = { type, probe, common: {}, config: {}, notifications: [], problems }

  for (const [given, value] of Object.entries(body)) {
    const name = FIELD_ALIASES.get(given) ?? given
    if (name === 'type' || IGNORED_FIELDS.has(name) || (READ_ONLY_FIELDS.has(name) && !Object.hasOwn(own, name)))
      continue
    if (name !== given && Object.hasOwn(body, name)) {
      problems.push({ path: given, message: `says the same as ${name}; send one of them` })
    } else if (name === 'notifications') {
      fields.notifications = readNotifications(value, problems)
    } else if (isCommon(name)) {
      if (value !== null) problems.push(...problemsOf(common[name], value, given))
      fields.common[name] = value
    } else if (Object.hasOwn(own, name)) {
      const schema = own[name]
      if (value !== null && schema !== undefined) problems.push(...problemsOf(schema, value, name))
      fields.config[name] = value
    } else {
      problems.push(strangeField(name, type, [...Object.keys(common), ...Object.keys(own), 'type']))
    }
  }
  return fields
}

function isCommon(name: string): name is CommonField {
  return Object.hasOwn(CommonFields, name)
}

function readType(
  given: Json | undefined,
  storedType: MonitorType | null,
  problems: Problem[],
): { type: MonitorType; probe: AnyProbe } {
  const name = given === undefined || given === null ? (storedType ?? 'WEBSITE') : given
  const known = MONITOR_TYPES.find((type) => type === name)
  const type = known ?? (typeof name === 'string' ? TYPE_ALIASES.get(name) : undefined)
  if (storedType !== null && type !== storedType)
    problems.push({
      path: 'type',
      message: `can't be changed; this is a ${storedType} monitor, make a new one instead`,
    })
  const wanted = storedType ?? type
  const probe = wanted === undefined ? null : probeFor(wanted)
  if (wanted === undefined || probe === null) {
    const types = MONITOR_TYPES.join(', ')
    throw invalid([{ path: 'type', message: `expected one of ${types}, got ${JSON.stringify(name).slice(0, 60)}` }])
  }
  return { type: wanted, probe }
}

function strangeField(name: string, type: MonitorType, known: string[]): Problem {
  const owners = MONITOR_TYPES.filter((other) => Object.hasOwn(probeFor(other)?.config.properties ?? {}, name))
  if (owners.length === 0) return unknownField(name, name, known)
  return { path: name, message: `is not a field of ${type} monitors; it belongs to ${owners.join(', ')}` }
}
