import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { NotificationChannel } from '#client'
import { api } from '../../api/client.ts'
import { channelsQuery } from '../../api/queries.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { fieldError, Problem } from '../../parts/Problem.tsx'
import { SwitchField } from '../../parts/SwitchField.tsx'
import { t } from '../../texts/texts.ts'
import { ChannelTest } from './ChannelTest.tsx'

const SHOWN = ['name', 'config.url']

/** Makes or changes a webhook; a test can be sent before anything is saved. */
export function WebhookForm({ channel, onDone }: { channel?: NotificationChannel; onDone: () => void }) {
  const queryClient = useQueryClient()
  const [name, setName] = useState(channel?.name ?? '')
  const [url, setUrl] = useState(channel?.config.url ?? '')
  const [allMonitors, setAllMonitors] = useState(channel?.allMonitors ?? true)
  const [isActive, setActive] = useState(channel?.isActive ?? true)
  const isChanged = channel === undefined || url !== channel.config.url
  const body = { name, type: 'WEBHOOK' as const, config: { url }, allMonitors, isActive }

  const test = useMutation({
    mutationFn: () => (isChanged ? api.tryNotificationChannel(body) : api.testNotificationChannel(channel.id)),
  })
  const save = useMutation({
    mutationFn: () =>
      channel === undefined ? api.createNotificationChannel(body) : api.updateNotificationChannel(channel.id, body),
    onSuccess: async () => {
      await queryClient.invalidateQueries(channelsQuery)
      if (channel !== undefined) onDone()
    },
  })
  const secret = channel === undefined ? save.data?.config.secret : undefined
  if (secret !== undefined)
    return (
      <section className="card form">
        <Alert color="green" variant="light" title={t('channels.saved', { name })}>
          {t('channels.secretOnce')}
        </Alert>
        <CopyField label={t('channels.secret')} value={secret} />
        <div className="form-actions">
          <Button onClick={onDone}>{t('done')}</Button>
        </div>
      </section>
    )
  const error = save.error ?? test.error
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    test.reset()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className="card form" noValidate>
      <h2>{channel === undefined ? t('channels.newWebhook') : channel.name}</h2>
      <TextInput
        label={t('channels.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
        autoFocus
      />
      <TextInput
        label="URL"
        placeholder="https://hooks.example.com/statusapp"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={fieldError(error, 'config.url')}
      />
      <SwitchField
        label={t('channels.hearsAll')}
        description={t('channels.allMonitors.about')}
        isOn={allMonitors}
        onChange={setAllMonitors}
      />
      <SwitchField label={t('channels.active')} isOn={isActive} onChange={setActive} />
      <Problem error={error} shown={SHOWN} />
      <div aria-live="polite">{test.data === undefined ? null : <ChannelTest result={test.data} />}</div>
      <div className="form-actions">
        <Button type="submit" loading={save.isPending}>
          {t('channels.save')}
        </Button>
        <Button
          variant="default"
          loading={test.isPending}
          onClick={() => {
            save.reset()
            test.mutate()
          }}
        >
          {t('channels.test')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
