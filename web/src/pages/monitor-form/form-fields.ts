import type { Field } from '../../form/field.ts'
import { fieldsOf } from '../../form/fields-of.ts'
import type { ApiDocument } from '../../form/json-schema.ts'
import { isType, MONITOR_TYPES, type MonitorType } from './types.ts'

/** Other names for other fields, what the page has buttons for, and what needs a page of its own. */
const LEFT_OUT: ReadonlySet<string> = new Set(['type', 'notifications', 'isActive', 'dependsOn', 'expectedIp'])
/** Asked first, whatever the type. */
const FIRST = ['name', 'url', 'interval']
/** Of types that take many fields, those that people look for. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  'httpMethod',
  'expectedStatusCode',
  'keyword',
  'assertions',
  'graphqlQuery',
  'graphqlVariables',
])
const FEW = 8
const ABOUT = ['tags', 'description']

/** The fields of a type, as the form groups them. */
export interface FormFields {
  first: Field[]
  /** Of the type, in sight. */
  own: Field[]
  /** Of the type, folded away. */
  more: Field[]
  /** When it counts as down, and who is told. */
  judging: Field[]
  about: Field[]
}

/** Whether a type asks for a host, where others ask for an address of the web. */
export function asksForHost(type: MonitorType): boolean {
  return type === 'PING' || type === 'PORT' || type === 'DNS' || type === 'SSL_CERT'
}

/** What the document says that a monitor of this type takes. */
export function formFieldsOf(document: ApiDocument, type: MonitorType): FormFields {
  const fields = fieldsOfType(document, type)
  const others = MONITOR_TYPES.filter((each) => each !== type).map(
    (each) => new Set(fieldsOfType(document, each).map(({ name }) => name)),
  )
  const isCommon = ({ name }: Field) => others.every((names) => names.has(name))
  const named = (names: readonly string[]) => names.flatMap((name) => fields.find((each) => each.name === name) ?? [])
  const own = fields.filter((field) => !isCommon(field) && !FIRST.includes(field.name))
  const isFew = own.length <= FEW
  return {
    first: named(type === 'CRON' ? FIRST.filter((name) => name !== 'url') : FIRST),
    own: own.filter(({ name }) => isFew || ESSENTIAL.has(name)),
    more: own.filter(({ name }) => !isFew && !ESSENTIAL.has(name)),
    judging: fields.filter((field) => isCommon(field) && !FIRST.includes(field.name) && !ABOUT.includes(field.name)),
    about: named(ABOUT),
  }
}

function fieldsOfType(document: ApiDocument, type: MonitorType): Field[] {
  const $ref = document.components.schemas['NewMonitor']?.discriminator?.mapping[type]
  return $ref === undefined ? [] : fieldsOf(document, { $ref }).filter(({ name }) => !LEFT_OUT.has(name))
}

/** A type by its name, the first of all where there is none such. */
export function typeOf(text: string): MonitorType {
  return isType(text) ? text : 'WEBSITE'
}
