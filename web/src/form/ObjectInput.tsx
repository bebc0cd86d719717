import { FieldInput, type FieldProps } from './FieldInput.tsx'
import type { Field, FormValue, FormValues } from './field.ts'
import { Words } from './Words.tsx'

/** Fields of their own, in a frame. */
export function ObjectInput({ field, value, onChange, errors, path, label }: FieldProps) {
  const values = isValues(value) ? value : {}
  return (
    <fieldset className="fieldset">
      <legend>{label}</legend>
      {field.description === '' ? null : (
        <p className="dimmed">
          <Words text={field.description} />
        </p>
      )}
      {errors.get(path) === undefined ? null : <p className="field-error">{errors.get(path)}</p>}
      <ObjectFields fields={field.fields} values={values} onChange={onChange} errors={errors} path={path} />
    </fieldset>
  )
}

interface Props {
  fields: readonly Field[]
  values: FormValues
  onChange: (values: FormValues) => void
  errors: ReadonlyMap<string, string>
  path: string
}

export function ObjectFields({ fields, values, onChange, errors, path }: Props) {
  return fields
    .filter((field) => isMeant(field, fields, values))
    .map((field) => (
      <FieldInput
        key={field.name}
        field={field.description.startsWith(`${values['type']}: `) ? withoutType(field) : field}
        value={values[field.name] ?? ''}
        onChange={(value) => onChange({ ...values, [field.name]: value })}
        errors={errors}
        path={`${path}.${field.name}`}
      />
    ))
}

/**
 * Where a choice called `type` says what an object is, the words on each other field begin with the choice that it
 * belongs to, such as `basic: the user name.`
 */
function isMeant(field: Field, fields: readonly Field[], values: FormValues): boolean {
  const type = fields.find(({ name, kind }) => name === 'type' && kind === 'choice')
  if (type === undefined || field === type) return true
  const owner = type.options.find((option) => new RegExp(`^${String(option)}\\b.*?: `).test(field.description))
  return owner === undefined || owner === values['type']
}

function withoutType(field: Field): Field {
  const words = field.description.slice(field.description.indexOf(': ') + 2)
  return { ...field, description: words.charAt(0).toUpperCase() + words.slice(1) }
}

function isValues(value: FormValue): value is FormValues {
  return typeof value === 'object' && !Array.isArray(value)
}
