import { type TSchema, Type } from 'typebox'

/** A time in an answer, to the second. */
export function Time(description: string) {
  return Type.String({ format: 'date-time', description, examples: ['2025-01-21T10:30:00Z'] })
}

/** A field of an answer that is null while there is nothing to say. */
export function OrNull<Schema extends TSchema>(schema: Schema, description?: string) {
  return Type.Union([schema, Type.Null()], description === undefined ? {} : { description })
}

/** A time in an answer, or null. */
export function TimeOrNull(description: string) {
  return OrNull(Type.String({ format: 'date-time', examples: ['2025-01-21T10:30:00Z'] }), description)
}

/** What every list answers beside its rows. */
export const CountFields = {
  count: Type.Integer({ minimum: 0, description: 'All that match, not only those of this page.', examples: [1] }),
  hasMore: Type.Boolean({ description: 'Whether rows follow this page.', examples: [false] }),
}

/** The answer of what removes. */
export function Removed(title: string, message: string) {
  return Type.Object({ success: Type.Literal(true), message: Type.String({ examples: [message] }) }, { title })
}
