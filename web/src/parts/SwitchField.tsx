import { Switch } from '@mantine/core'
import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  description?: ReactNode
  error?: string | null
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** A switch whose description is no part of its name. */
export function SwitchField({ label, description, error = null, isOn, onChange }: Props) {
  const id = useId()
  return (
    <div>
      <Switch
        label={label}
        error={error}
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
        aria-describedby={id}
      />
      <p id={id} className="switch-about">
        {description}
      </p>
    </div>
  )
}
