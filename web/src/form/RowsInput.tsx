import { Button } from '@mantine/core'
import { t } from '../texts/texts.ts'
import { emptyValues } from './empty.ts'
import type { FieldProps } from './FieldInput.tsx'
import type { FormValues } from './field.ts'
import { ObjectFields } from './ObjectInput.tsx'
import { Words } from './Words.tsx'

/** A list of objects: rows of fields that can be added and taken away. */
export function RowsInput({ field, value, onChange, errors, path, label }: FieldProps) {
  const rows: readonly FormValues[] = Array.isArray(value) ? value : []
  return (
    <fieldset className="fieldset">
      <legend>{label}</legend>
      <p className="dimmed">
        <Words text={field.description} />
      </p>
      {errors.get(path) === undefined ? null : <p className="field-error">{errors.get(path)}</p>}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is nothing but its place in the list
        <div key={index} className="row-fields">
          <ObjectFields
            fields={field.fields.map((each) => ({ ...each, description: '' }))}
            values={row}
            onChange={(changed) => onChange(rows.map((each, at) => (at === index ? changed : each)))}
            errors={errors}
            path={`${path}[${index}]`}
          />
          <Button
            variant="default"
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
            aria-label={t('form.removeRow', { label: label ?? field.name, number: index + 1 })}
          >
            {t('form.remove')}
          </Button>
          {errors.get(`${path}[${index}]`) === undefined ? null : (
            <p className="field-error">{errors.get(`${path}[${index}]`)}</p>
          )}
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        className="add-row"
        onClick={() => onChange([...rows, emptyValues(field.fields)])}
      >
        {t('form.addRow')}
      </Button>
    </fieldset>
  )
}
