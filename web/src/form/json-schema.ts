/** As much of a JSON Schema as forms look at. */
export interface Schema {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  items?: Schema
  properties?: { readonly [name: string]: Schema }
  required?: readonly string[]
  description?: string
  default?: unknown
  examples?: readonly unknown[]
  minimum?: number
  maximum?: number
  maxLength?: number
  format?: string
  deprecated?: boolean
  discriminator?: { mapping: { readonly [value: string]: string } }
}

/** The API document, as far as forms look at it. */
export interface ApiDocument {
  components: { schemas: { readonly [name: string]: Schema } }
}

/** Follows a reference. One that leads nowhere is a schema that says nothing. */
export function resolve(document: ApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  const { $ref: _ref, ...own } = schema
  return { ...document.components.schemas[name], ...own }
}

/** What a value may be: choices in choices laid flat, without `null`, which every field that can be left empty takes. */
export function variantsOf(document: ApiDocument, schema: Schema): Schema[] {
  const whole = resolve(document, schema)
  const { anyOf, ...rest } = whole
  if (anyOf === undefined) return typesOf(whole).map((type) => (type === undefined ? whole : { ...whole, type }))
  return anyOf.flatMap((each) => variantsOf(document, each)).map((each) => ({ ...withoutWords(rest), ...each }))
}

function typesOf({ type, enum: values, const: value }: Schema): (string | undefined)[] {
  if (type === undefined) return values === undefined && value === undefined ? [] : [undefined]
  const types: readonly string[] = typeof type === 'string' ? [type] : type
  return types.filter((each) => each !== 'null')
}

function withoutWords({ description: _description, default: _default, examples: _examples, ...rest }: Schema): Schema {
  return rest
}
