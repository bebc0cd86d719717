import { type TSchema, type TSchemaOptions, Type } from 'typebox'
import { OrNull } from './answer-fields.ts'

/** One line that is not only blanks. No control characters: such texts reach subjects, headers and log lines. */
const LINE = '^(?!\\s*$)[^\\u0000-\\u001f\\u007f]+$'

/** A text of one line in a body, of 1 to `maxLength` characters and not only blanks. */
export function OneLine(maxLength: number, options: TSchemaOptions = {}) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: LINE,
    expected: `a text of 1 to ${maxLength} characters on one line, not only blanks`,
    ...options,
  })
}

/** A field that may be left out, and whose null asks for the default. */
export function Nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Optional(OrNull(schema))
}

/** A field that answers show. It may come back and is not read, so that an answer can be changed and sent back. */
export const ReadOnly = Type.Optional(Type.Unknown({ readOnly: true, description: 'Taken and ignored.' }))

/** The named fields of an answer, as a body takes them. */
export function readOnly<Name extends string>(...names: Name[]): { [name in Name]: typeof ReadOnly } {
  return Object.fromEntries(names.map((name) => [name, ReadOnly])) as { [name in Name]: typeof ReadOnly }
}
