import type { TSchema } from 'typebox'

/** Says in words what a schema takes: `a whole number from 5 to 86400`, `one of "TCP", "UDP"`. */
export function expectation(schema: TSchema): string {
  const own = text(schema, 'expected')
  if (own !== null) return own
  const options = list(schema, 'anyOf') ?? list(schema, 'oneOf')
  if (options !== null) return alternatives(options)
  const choices = list(schema, 'enum')
  if (choices !== null) return choices.length === 1 ? quote(choices[0]) : `one of ${choices.map(quote).join(', ')}`
  if ('const' in schema) return quote(schema.const)
  switch (text(schema, 'type')) {
    case 'string':
      return `a text${size(schema, 'minLength', 'maxLength', 'character')}${pattern(schema)}`
    case 'integer':
      return `a whole number${range(schema)}`
    case 'number':
      return `a number${range(schema)}`
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    case 'array':
      return `a list${size(schema, 'minItems', 'maxItems', 'item')}`
    case 'object':
      return 'an object'
    default:
      return 'another value'
  }
}

function alternatives(options: unknown[]): string {
  const schemas = options.filter(isSchema)
  const constants = schemas.filter((option) => 'const' in option)
  const others = schemas.filter((option) => !('const' in option)).map(expectation)
  const named =
    constants.length > 1
      ? [`one of ${constants.map((option) => quote('const' in option ? option.const : null)).join(', ')}`]
      : constants.map(expectation)
  return [...new Set([...named, ...others])].join(', or ')
}

function pattern(schema: TSchema): string {
  if ('format' in schema) return ` (${String(schema.format)})`
  return 'pattern' in schema ? ` that matches ${String(schema.pattern)}` : ''
}

function range(schema: TSchema): string {
  const least = count(schema, 'minimum')
  const most = count(schema, 'maximum')
  if (least !== null && most !== null) return ` from ${least} to ${most}`
  if (least !== null) return ` of at least ${least}`
  return most === null ? '' : ` of at most ${most}`
}

function size(schema: TSchema, minimum: string, maximum: string, unit: string): string {
  const least = count(schema, minimum)
  const most = count(schema, maximum)
  if (least !== null && most !== null) return ` of ${least} to ${most} ${unit}s`
  if (least !== null) return ` of at least ${least} ${unit}${least === 1 ? '' : 's'}`
  return most === null ? '' : ` of at most ${most} ${unit}s`
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

function count(schema: TSchema, name: string): number | null {
  const value: unknown = Reflect.get(schema, name)
  return typeof value === 'number' ? value : null
}

function text(schema: TSchema, name: string): string | null {
  const value: unknown = Reflect.get(schema, name)
  return typeof value === 'string' ? value : null
}

function list(schema: TSchema, name: string): unknown[] | null {
  const value: unknown = Reflect.get(schema, name)
  return Array.isArray(value) ? value : null
}

function isSchema(value: unknown): value is TSchema {
  return typeof value === 'object' && value !== null
}
