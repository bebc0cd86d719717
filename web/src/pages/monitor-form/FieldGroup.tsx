import { type ReactNode, useState } from 'react'
import { FieldInput } from '../../form/FieldInput.tsx'
import type { Field, FormValue, FormValues } from '../../form/field.ts'
import { t } from '../../texts/texts.ts'
import { ChannelChoice } from './ChannelChoice.tsx'
import { asksForHost } from './form-fields.ts'
import { RegionChoice } from './RegionChoice.tsx'
import type { MonitorType } from './types.ts'

interface Props {
  fields: readonly Field[]
  type: MonitorType
  values: FormValues
  errors: ReadonlyMap<string, string>
  onChange: (name: string, value: FormValue) => void
  /** Where it is given the fields are folded away beneath it, unless one has an error. */
  title?: string
}

/** Some fields of a monitor, one below the other. */
export function FieldGroup({ fields, type, values, errors, onChange, title }: Props) {
  if (fields.length === 0) return null
  const inputs = fields.map((field) => {
    const { name } = field
    const props = {
      field,
      value: values[name] ?? '',
      onChange: (value: FormValue) => onChange(name, value),
      errors,
      path: name,
    }
    if (name === 'notificationChannelIds') return <ChannelChoice key={name} {...props} />
    if (name === 'enabledRegions') return <RegionChoice key={name} {...props} />
    if (name !== 'url') return <FieldInput key={name} {...props} />
    const label = asksForHost(type) ? t('field.host') : t('field.url')
    const about = { ...field, description: '', example: asksForHost(type) ? 'example.com' : 'https://example.com' }
    return <FieldInput key={name} {...props} field={about} label={label} />
  })
  if (title === undefined) return inputs
  const hasError = fields.some(({ name }) => [...errors.keys()].some((path) => path.startsWith(name)))
  return (
    <Folded title={title} isForcedOpen={hasError}>
      {inputs}
    </Folded>
  )
}

/** What is not needed mostly. It is not there at all before it is opened, which keeps a long form quick. */
function Folded({ title, isForcedOpen, children }: { title: string; isForcedOpen: boolean; children: ReactNode }) {
  const [isOpened, setOpened] = useState(false)
  const isOpen = isOpened || isForcedOpen
  return (
    <details className="more-fields" open={isOpen} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen ? <div className="form">{children}</div> : null}
    </details>
  )
}
