import { useQuery } from '@tanstack/react-query'
import { regionsQuery } from '../../api/queries.ts'
import type { FieldProps } from '../../form/FieldInput.tsx'
import { labelOf } from '../../form/labels.ts'
import { t } from '../../texts/texts.ts'
import { ChoiceOfMany } from './ChoiceOfMany.tsx'

/** Which regions check a monitor: those that have a worker now, and those that it has already. */
export function RegionChoice({ field, value, onChange, errors, path }: FieldProps) {
  const { data } = useQuery(regionsQuery)
  const chosen = typeof value === 'string' ? value.split('\n') : []
  const offered = data?.regions.filter(({ code, isActive }) => isActive || chosen.includes(code)) ?? []
  return (
    <ChoiceOfMany
      label={labelOf(field.name)}
      description={field.description}
      value={value}
      onChange={onChange}
      error={errors.get(path)}
      none={t('regions.none')}
      choices={offered.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
    />
  )
}
