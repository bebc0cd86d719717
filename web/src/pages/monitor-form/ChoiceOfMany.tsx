import { Checkbox } from '@mantine/core'
import type { FormValue } from '../../form/field.ts'

interface Props {
  label: string
  description: string
  /** The chosen values, one a line. */
  value: FormValue
  choices: readonly { value: string; label: string }[]
  onChange: (value: FormValue) => void
  error: string | undefined
  /** What to say where there is nothing to choose. */
  none: string
}

/** Some of many, by ticking them. */
export function ChoiceOfMany({ label, description, value, choices, onChange, error, none }: Props) {
  const chosen = typeof value === 'string' ? value.split('\n').filter((line) => line !== '') : []
  const toggle = (each: string, isOn: boolean) =>
    onChange([...chosen.filter((one) => one !== each), ...(isOn ? [each] : [])].join('\n'))
  return (
    <fieldset className="fieldset">
      <legend>{label}</legend>
      <p className="dimmed">{choices.length === 0 ? none : description}</p>
      {choices.map((choice) => (
        <Checkbox
          key={choice.value}
          label={choice.label}
          checked={chosen.includes(choice.value)}
          onChange={(event) => toggle(choice.value, event.currentTarget.checked)}
        />
      ))}
      {error === undefined ? null : <p className="field-error">{error}</p>}
    </fieldset>
  )
}
