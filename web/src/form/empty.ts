import type { Field, FormValues } from './field.ts'
import { allToForm } from './values.ts'

/** A form in which nothing was typed yet; what has to be chosen is chosen. */
export function emptyValues(fields: readonly Field[]): FormValues {
  const values = allToForm(fields, {})
  const chosen = fields.flatMap(({ name, kind, isRequired, options }) =>
    kind === 'choice' && isRequired ? [[name, String(options[0])]] : [],
  )
  return { ...values, ...Object.fromEntries(chosen) }
}
