/** A JSON Schema of the API document. */
export type Schema = { [keyword: string]: unknown }

/** The TypeScript type of a schema, as text. */
export function typeOf(schema: Schema): string {
  const ref = schema['$ref']
  if (typeof ref === 'string') return ref.slice(ref.lastIndexOf('/') + 1)
  const choices = schema['oneOf'] ?? schema['anyOf']
  if (Array.isArray(choices)) return unionOf(choices.map((choice: Schema) => typeOf(choice)))
  if ('const' in schema) return JSON.stringify(schema['const'])
  const values = schema['enum']
  if (Array.isArray(values)) return unionOf(values.map((value) => JSON.stringify(value)))
  const type = schema['type']
  if (Array.isArray(type)) return unionOf(type.map((name: unknown) => typeOf({ ...schema, type: name })))
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `${inParentheses(typeOf(Object(schema['items'] ?? {})))}[]`
    case 'object':
      return objectOf(schema)
    default:
      return 'unknown'
  }
}

/** A named type with its words. Objects are interfaces, which editors show by their names. */
export function declarationOf(name: string, schema: Schema): string {
  const isInterface = schema['type'] === 'object' && typeof schema['properties'] === 'object'
  const text = typeOf(schema)
  return `${wordsOf(schema)}export ${isInterface ? `interface ${name} ${text}` : `type ${name} = ${text}`}\n`
}

/** A description as a comment. */
export function wordsOf({ description }: Schema): string {
  if (typeof description !== 'string') return ''
  const text = description.replaceAll('*/', '*\\/').replaceAll('\n\n', '\n')
  if (!text.includes('\n')) return `/** ${text} */\n`
  return `/**\n${text
    .split('\n')
    .map((line) => ` * ${line}\n`)
    .join('')} */\n`
}

function objectOf(schema: Schema): string {
  const { properties, required, additionalProperties } = schema
  if (typeof properties !== 'object' || properties === null) {
    const values = typeof additionalProperties === 'object' && additionalProperties !== null ? additionalProperties : {}
    return `{ [name: string]: ${typeOf(Object(values))} }`
  }
  const needed = new Set(Array.isArray(required) ? required : [])
  const fields = Object.entries(properties).map(([name, field]: [string, Schema]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
    const readonly = field['readOnly'] === true ? 'readonly ' : ''
    return `${wordsOf(field)}${readonly}${key}${needed.has(name) ? '' : '?'}: ${typeOf(field)}\n`
  })
  return fields.length === 0 ? '{ [name: string]: never }' : `{\n${fields.join('')}}`
}

function unionOf(types: string[]): string {
  const distinct = [...new Set(types)]
  return distinct.includes('unknown') ? 'unknown' : distinct.join(' | ')
}

function inParentheses(type: string): string {
  return type.includes(' | ') ? `(${type})` : type
}
