/** One field of a form that is made from a schema. */
export interface Field {
  /** Its name in the API. */
  name: string
  kind: FieldKind
  isRequired: boolean
  /** The API's words on it. */
  description: string
  /** What holds where nothing is given. */
  byDefault: unknown
  /** Something to show what is meant. */
  example: string | null
  /** Of a `choice`. */
  options: readonly unknown[]
  /** Of an `object`, and of each row of `rows`. */
  fields: readonly Field[]
  /** Whether a text that looks like a number is one. */
  takesNumbers: boolean
  isSecret: boolean
}

/**
 * `lines`: texts, one a line. `json`: anything, written as JSON. `any`: JSON where it is some, else a text. `object`: fields
 * of their own. `rows`: a list of such.
 */
export type FieldKind = 'text' | 'long' | 'lines' | 'number' | 'boolean' | 'choice' | 'json' | 'any' | 'object' | 'rows'

/** What a form holds of a field: what people typed. */
export type FormValue = string | boolean | FormValues | readonly FormValues[]
export interface FormValues {
  readonly [name: string]: FormValue
}
