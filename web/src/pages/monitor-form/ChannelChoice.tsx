import { useQuery } from '@tanstack/react-query'
import { channelsQuery } from '../../api/queries.ts'
import type { FieldProps } from '../../form/FieldInput.tsx'
import { t } from '../../texts/texts.ts'
import { ChoiceOfMany } from './ChoiceOfMany.tsx'

/** Which channels hear of a monitor, beside those that hear of all. */
export function ChannelChoice({ field, value, onChange, errors, path }: FieldProps) {
  const { data } = useQuery(channelsQuery)
  const channels = data?.channels ?? []
  return (
    <ChoiceOfMany
      label={t('nav.channels')}
      description={field.description}
      value={value}
      onChange={onChange}
      error={errors.get(path)}
      none={t('channels.none.title')}
      choices={channels.map(({ id, name, allMonitors }) => ({
        value: id,
        label: allMonitors ? `${name} (${t('channels.allMonitors')})` : name,
      }))}
    />
  )
}
