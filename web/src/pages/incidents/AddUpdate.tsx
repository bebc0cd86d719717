import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Incident, IncidentUpdate } from '#client'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/permissions.ts'
import { fieldError, Problem } from '../../parts/Problem.tsx'
import { t } from '../../texts/texts.ts'
import { useIncidentChanged } from './IncidentPage.tsx'

const STATUSES = ['update', 'investigating', 'identified', 'monitoring', 'resolved'] as const
/** Of one that is over only words can be added. */
const STATUSES_AFTER = ['update'] as const

/** Says something about an incident. */
export function AddUpdate({ incident: { id, isResolved } }: { incident: Incident }) {
  const mayWrite = useMay('write')
  const [message, setMessage] = useState('')
  const [status, setStatus] = useState<IncidentUpdate['status']>('update')
  const changed = useIncidentChanged()
  const add = useMutation({
    mutationFn: () => api.addIncidentUpdate(id, { status, message }),
    onSuccess: (incident) => {
      setMessage('')
      setStatus('update')
      changed(incident)
    },
  })
  if (!mayWrite) return null
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate()
  }
  const choices = isResolved ? STATUSES_AFTER : STATUSES
  return (
    <form onSubmit={submit} className="form update-form" noValidate>
      <Textarea
        label={t('incident.message')}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
        error={fieldError(add.error, 'message')}
        rows={2}
      />
      <Problem error={add.error} shown={['message']} />
      <div className="update-foot">
        <NativeSelect
          aria-label={t('incident.state')}
          value={status}
          onChange={({ currentTarget: { value } }) => setStatus(STATUSES.find((each) => each === value) ?? 'update')}
          data={choices.map((value) => ({ value, label: t(`stage.${value}`) }))}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t('incident.addUpdate')}
        </Button>
      </div>
    </form>
  )
}
