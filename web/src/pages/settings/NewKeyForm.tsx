import { Alert, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import type { Permission } from '../../api/permissions.ts'
import { keysQuery } from '../../api/queries.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { fieldError, Problem } from '../../parts/Problem.tsx'
import { t } from '../../texts/texts.ts'

const PERMISSIONS: readonly Permission[] = ['read', 'write', 'delete', 'admin']
const LIFETIMES = ['never', '30d', '90d', '1y'] as const

/** Makes a key and shows it, the one time that it can be seen. */
export function NewKeyForm({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [permissions, setPermissions] = useState<readonly Permission[]>(['read', 'write'])
  const [lifetime, setLifetime] = useState('never')
  const create = useMutation({
    mutationFn: () =>
      api.createApiKey({
        name,
        permissions: [...permissions],
        ...(lifetime === 'never' ? {} : { expiresIn: lifetime }),
      }),
    onSuccess: () => queryClient.invalidateQueries(keysQuery),
  })
  if (create.data !== undefined)
    return (
      <section className="card form">
        <Alert color="green" variant="light" title={t('keys.made', { name: create.data.name })}>
          {t('keys.once')}
        </Alert>
        <CopyField label={t('keys.key')} value={create.data.key} />
        <div className="form-actions">
          <Button onClick={onDone}>{t('done')}</Button>
        </div>
      </section>
    )
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <form onSubmit={submit} className="card form" noValidate>
      <TextInput
        label={t('keys.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(create.error, 'name')}
        autoFocus
      />
      <fieldset className="fieldset fieldset-row">
        <legend>{t('keys.permissions')}</legend>
        {PERMISSIONS.map((each) => (
          <Checkbox
            key={each}
            label={t(`permission.${each}`)}
            checked={permissions.includes(each)}
            onChange={({ currentTarget: { checked } }) =>
              setPermissions(PERMISSIONS.filter((one) => (one === each ? checked : permissions.includes(one))))
            }
          />
        ))}
        {fieldError(create.error, 'permissions') === null ? null : (
          <p className="field-error">{fieldError(create.error, 'permissions')}</p>
        )}
      </fieldset>
      <NativeSelect
        label={t('keys.lifetime')}
        value={lifetime}
        onChange={(event) => setLifetime(event.currentTarget.value)}
        data={LIFETIMES.map((value) => ({ value, label: t(`lifetime.${value}`) }))}
      />
      <Problem error={create.error} shown={['name', 'permissions']} />
      <div className="form-actions">
        <Button type="submit" loading={create.isPending}>
          {t('keys.create')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
