import type { TObject } from 'typebox'

/** A Markdown table of an object schema: one row per field. */
export function fieldTable(schema: TObject, heading: string): string {
  const required = new Set<string>(schema.required ?? [])
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const isRequired = required.has(name) && !('default' in property)
    return [`\`${name}\``, typeWords(property), isRequired ? 'required' : defaultWords(property), meaning(property)]
  })
  return table([[heading, 'Takes', 'Default', 'Meaning'], ['---', '---', '---', '---'], ...rows])
}

function table(rows: string[][]): string {
  return rows.map((row) => `| ${row.join(' | ')} |\n`).join('')
}

function meaning(property: object): string {
  const text = 'description' in property ? String(property.description) : ''
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function defaultWords(property: object): string {
  return 'default' in property && property.default !== null ? code(property.default) : '–'
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}

/** What a field takes, in words. Patterns are left to the description. */
function typeWords(property: object): string {
  if ('takes' in property) return String(property.takes)
  if ('anyOf' in property && Array.isArray(property.anyOf)) {
    const parts: object[] = property.anyOf
    if (parts.every((part) => 'const' in part))
      return parts.map((part) => code('const' in part && part.const)).join(', ')
    return parts.map(typeWords).join(' or ')
  }
  if ('const' in property) return code(property.const)
  if (!('type' in property)) return 'any value'
  switch (property.type) {
    case 'string':
      return `text${range(property, 'minLength', 'maxLength', ' characters')}`
    case 'integer':
      return `whole number${range(property, 'minimum', 'maximum', '')}`
    case 'number':
      return `number${range(property, 'minimum', 'maximum', '')}`
    case 'boolean':
      return '`true`, `false`'
    case 'array':
      return `list${range(property, 'minItems', 'maxItems', ' items')}`
    case 'null':
      return '`null`'
    default:
      return String(property.type)
  }
}

function range(property: object, lowName: string, highName: string, unit: string): string {
  const facts: { [name: string]: unknown } = { ...property }
  const low = facts[lowName]
  const high = facts[highName]
  if (high === undefined) return ''
  const number = (value: unknown) => Number(value).toLocaleString('en-US')
  return low === undefined ? `, up to ${number(high)}${unit}` : `, ${number(low)} to ${number(high)}${unit}`
}
