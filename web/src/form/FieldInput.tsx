import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { SwitchField } from '../parts/SwitchField.tsx'
import { t } from '../texts/texts.ts'
import type { Field, FormValue } from './field.ts'
import { defaultLabel, labelOf, optionLabel } from './labels.ts'
import { ObjectInput } from './ObjectInput.tsx'
import { RowsInput } from './RowsInput.tsx'
import { Words } from './Words.tsx'

export interface FieldProps {
  field: Field
  value: FormValue
  onChange: (value: FormValue) => void
  /** What the API found wrong, by path, such as `assertions[0].path`. */
  errors: ReadonlyMap<string, string>
  /** Where it is in the body. */
  path: string
  label?: string
}

/** The input of a field, by its kind. */
export function FieldInput(props: FieldProps) {
  const { field, value, onChange, errors, path, label = labelOf(field.name) } = props
  const error = errors.get(path) ?? null
  const text = typeof value === 'string' ? value : ''
  const about = {
    label,
    description: <Words text={field.description} />,
    error,
    'aria-required': field.isRequired,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  }
  const placeholder = placeholderOf(field)
  const onText = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value)
  switch (field.kind) {
    case 'boolean':
      return (
        <SwitchField
          label={label}
          description={<Words text={field.description} />}
          error={error}
          isOn={value === true}
          onChange={onChange}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...about}
          value={text}
          onChange={onText}
          data={[
            ...(field.isRequired ? [] : [{ value: '', label: defaultLabel(field.byDefault) }]),
            ...field.options.map((each) => ({ value: String(each), label: optionLabel(each) })),
          ]}
        />
      )
    case 'object':
      return <ObjectInput {...props} label={label} />
    case 'rows':
      return <RowsInput {...props} label={label} />
    case 'long':
    case 'lines':
    case 'json':
      return (
        <Textarea
          {...about}
          {...(field.kind === 'lines'
            ? { description: <Words text={`${field.description} ${t('form.lines')}`} /> }
            : {})}
          value={text}
          onChange={onText}
          placeholder={placeholder}
          rows={field.kind === 'lines' ? 2 : 4}
          spellCheck={false}
          className={field.kind === 'lines' ? '' : 'code-input'}
        />
      )
    default:
      return field.isSecret ? (
        <PasswordInput
          {...about}
          value={text}
          onChange={onText}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
        />
      ) : (
        <TextInput
          {...about}
          value={text}
          onChange={onText}
          placeholder={placeholder}
          inputMode={field.kind === 'number' ? 'numeric' : 'text'}
          autoComplete="off"
          spellCheck={false}
        />
      )
  }
}

function placeholderOf({ byDefault, example }: Field): string {
  if (byDefault !== undefined && byDefault !== null && typeof byDefault !== 'object') return String(byDefault)
  return example ?? ''
}
