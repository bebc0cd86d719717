import { type TProperties, type TSchema, Type } from 'typebox'
import type { Json } from '#domain'
import { type AnyProbe, PROBES } from '#probes'
import { asShown, typeName } from '../shown-field.ts'
import { CertificateField, HeartbeatFields, RowFields, StateFields } from './answers.ts'
import { BODY_EXAMPLES } from './body-examples.ts'
import { CommonFields, commonFieldsFor, IGNORED_FIELDS, READ_ONLY_FIELDS, TYPE_ALIASES } from './common-fields.ts'
import { NotificationWishes } from './notification-wishes.ts'

/*
 * Which fields a monitor has depends on its type. The validator reads them one by one; these schemas say the same to
 * documents and clients, from the same probes and fields, so that a new type appears by itself.
 */

const UNKNOWN_FIELDS =
  'Unknown fields are refused; those that only answers have are taken and ignored. `null` asks for the default.'

/** What makes a monitor. */
const NewMonitor = Type.Unsafe<{ [field: string]: Json }>({
  title: 'NewMonitor',
  description: `A monitor to make. ${UNKNOWN_FIELDS}`,
  oneOf: PROBES.map((probe) => bodySchema(probe, true)),
  discriminator: { propertyName: 'type' },
})

/** What changes one. */
const MonitorChanges = Type.Unsafe<{ [field: string]: Json }>({
  title: 'MonitorChanges',
  description: `Fields to change; the others stay. ${UNKNOWN_FIELDS} The type can't be changed.`,
  anyOf: PROBES.map((probe) => bodySchema(probe, false)),
  discriminator: { propertyName: 'type' },
})

/** A whole monitor in an answer. */
export const Monitor = Type.Unsafe<{ [field: string]: Json }>({
  title: 'Monitor',
  description: 'A monitor with its whole configuration. Secrets are masked (`••••`); the mask sent back keeps them.',
  oneOf: PROBES.map(answerSchema),
  discriminator: { propertyName: 'type' },
})

/** The body of a route, for the validator: any object, whose fields are then read one by one. */
function bodyShownAs(shownAs: TSchema, bodyExamples: object) {
  return Type.Record(Type.String(), Type.Unknown(), { description: 'Fields of the monitor.', shownAs, bodyExamples })
}
export const NewMonitorBody = bodyShownAs(NewMonitor, BODY_EXAMPLES.created)
export const ChangedMonitorBody = bodyShownAs(MonitorChanges, BODY_EXAMPLES.changed)
export const TriedMonitorBody = bodyShownAs(MonitorChanges, BODY_EXAMPLES.tried)

function bodySchema(probe: AnyProbe, isNew: boolean): TSchema {
  const { type, summary, config } = probe
  const isDefault = type === 'WEBSITE'
  const common: [string, TSchema][] = Object.entries(commonFieldsFor(type))
  const needed = new Set(isNew ? ['name', ...(type === 'CRON' ? [] : ['url'])] : [])
  const required = new Set(isNew ? requiredOf(config) : [])
  const names = [type, ...[...TYPE_ALIASES].filter(([, known]) => known === type).map(([alias]) => alias)]
  const typeField = Type.Enum(names, {
    description: 'What kind of check it is.',
    ...(isDefault ? { default: type } : {}),
  })
  const fields: TProperties = {
    ...Object.fromEntries(common.map(([name, field]) => [name, needed.has(name) ? field : nullable(field)])),
    type: isNew && !isDefault ? typeField : Type.Optional(typeField),
    ...Object.fromEntries(
      Object.entries(config.properties).map(([name, field]) => [name, required.has(name) ? field : nullable(field)]),
    ),
    notifications: Type.Optional(NotificationWishes),
    enabledWorkerRegionIds: Type.Optional(
      Type.Array(Type.String(), { description: 'Another name for `enabledRegions`.', deprecated: true }),
    ),
  }
  const ignored = [...READ_ONLY_FIELDS, ...IGNORED_FIELDS].filter((name) => !Object.hasOwn(fields, name))
  return Type.Unsafe({
    ...Type.Object(fields),
    title: isNew ? `New${typeName(type)}Monitor` : `${typeName(type)}MonitorChanges`,
    description: summary,
    patternProperties: { [`^(${ignored.join('|')})$`]: {} },
    additionalProperties: false,
  })
}

function answerSchema({ type, summary, config }: AnyProbe): TSchema {
  const {
    name: _name,
    url: _url,
    tags: _tags,
    interval: _interval,
    timeout: _timeout,
    isActive: _isActive,
    description,
    degradedThreshold,
    severity,
    ...settings
  } = CommonFields
  const required = new Set(requiredOf(config))
  const own = Object.entries(config.properties).map(([name, field]) => {
    const shown = asShown(field)
    return [name, required.has(name) || 'default' in field ? shown : Type.Optional(shown)] as const
  })
  return Type.Object(
    {
      ...RowFields,
      type: Type.Literal(type),
      ...settings,
      enabledRegions: Type.Array(Type.String(), { description: 'Codes of the regions that check it.' }),
      description: orNull(description),
      degradedThreshold: orNull(degradedThreshold),
      severity: orNull(severity),
      ...Object.fromEntries(own),
      ...StateFields,
      ...(type === 'CRON' ? HeartbeatFields : {}),
      ...(Object.hasOwn(config.properties, 'sslCertExpiryDays')
        ? { certificate: Type.Optional(CertificateField) }
        : {}),
    },
    { title: `${typeName(type)}Monitor`, description: summary },
  )
}

function requiredOf(config: AnyProbe['config']): string[] {
  return (config.required ?? []).filter((name) => !('default' in Object(config.properties[name])))
}

function nullable(field: TSchema): TSchema {
  return Type.Optional(orNull(field))
}

/** The words stay with the whole, where readers look for them. */
function orNull(field: TSchema): TSchema {
  const { description, default: fallback, examples, ...rest } = Object(field)
  const takesNull = Array.isArray(rest.anyOf) && rest.anyOf.some((item: object) => Reflect.get(item, 'type') === 'null')
  if (takesNull) return field
  if (typeof Reflect.get(field, 'title') === 'string') return Type.Unsafe({ anyOf: [{ ...field }, { type: 'null' }] })
  return Type.Unsafe({
    anyOf: [rest, { type: 'null' }],
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(examples === undefined ? {} : { examples }),
  })
}
