import type { Field, FormValue, FormValues } from './field.ts'

/** What a form shows of a value of the API; nothing given is empty. */
export function toForm(field: Field, value: unknown): FormValue {
  const isGiven = value !== undefined && value !== null
  switch (field.kind) {
    case 'boolean':
      return isGiven ? value === true : field.byDefault === true
    case 'object':
      return allToForm(field.fields, Object(value))
    case 'rows':
      return Array.isArray(value) ? value.map((row) => allToForm(field.fields, Object(row))) : []
    case 'lines':
      return Array.isArray(value) ? value.join('\n') : isGiven ? String(value) : ''
    case 'any':
      return value === undefined ? '' : typeof value === 'string' && !isJson(value) ? value : JSON.stringify(value)
    default:
      return !isGiven ? '' : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
  }
}

export function allToForm(fields: readonly Field[], values: object): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, toForm(field, Reflect.get(values, field.name))]))
}

/**
 * What the API is given for what stands in a form; undefined where that is nothing. What can't be read goes as it is: the
 * API says best what is wrong with it.
 */
export function toApi(field: Field, value: FormValue | undefined): unknown {
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return value === (field.byDefault === true) ? undefined : value
  if (typeof value === 'object') {
    if (!isRows(value)) return allToApi(field.fields, value)
    const rows = value.map((row) => allToApi(field.fields, row) ?? {})
    return rows.length === 0 ? undefined : rows
  }
  if (value === '') return undefined
  switch (field.kind) {
    case 'number':
      return numberOr(value)
    case 'text':
      return field.takesNumbers ? numberOr(value) : value
    case 'choice':
      return field.options.find((option) => String(option) === value) ?? value
    case 'lines':
      return value.split('\n').filter((line) => line !== '')
    case 'json':
    case 'any':
      return isJson(value) ? JSON.parse(value) : value
    default:
      return value
  }
}

/** Undefined where nothing at all is given. */
export function allToApi(fields: readonly Field[], values: FormValues): { [name: string]: unknown } | undefined {
  const given = fields
    .map((field) => [field.name, toApi(field, values[field.name])] as const)
    .filter(([, value]) => value !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** What differs from before, as the API takes it: `null` for what was emptied. */
export function changesOf(
  fields: readonly Field[],
  before: FormValues,
  after: FormValues,
): { [name: string]: unknown } {
  const changed = fields.filter(({ name }) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((field) => [field.name, changedValue(field, after[field.name])]))
}

function changedValue(field: Field, value: FormValue | undefined): unknown {
  // A switch that was put back to its default is a value as well.
  if (typeof value === 'boolean') return value
  return toApi(field, value) ?? null
}

function isRows(value: FormValues | readonly FormValues[]): value is readonly FormValues[] {
  return Array.isArray(value)
}

function numberOr(text: string): number | string {
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? text : number
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
