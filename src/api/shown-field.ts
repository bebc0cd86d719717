import { type TSchema, Type } from 'typebox'

const FORM_KEYWORDS: ReadonlySet<string> = new Set(['pattern', 'minLength', 'maxLength', 'format'])

/** A field of a configuration as answers have it. A mask has not the form of what it hides. */
export function asShown(field: TSchema): TSchema {
  // Spreading leaves behind the hidden mark of what may be left out.
  return Type.Unsafe(Reflect.get(field, 'secret') === true ? withoutForm(field) : { ...field })
}

function withoutForm(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !FORM_KEYWORDS.has(keyword))
      .map(([keyword, value]) => [keyword, withoutFormIn(keyword, value)]),
  )
}

function withoutFormIn(keyword: string, value: unknown): unknown {
  if (keyword === 'anyOf' && Array.isArray(value)) return value.map(withoutForm)
  if (keyword !== 'patternProperties') return value
  return { '^.*$': withoutForm(Object(Object.values(Object(value))[0])) }
}

/** Capital words as names in programs are: `SSL_CERT` is `SslCert`. */
export function typeName(type: string): string {
  return type
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
