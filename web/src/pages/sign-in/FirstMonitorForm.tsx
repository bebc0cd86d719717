import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { fieldError, Problem } from '../../parts/Problem.tsx'
import { t } from '../../texts/texts.ts'

/** Watches a first address, and shows it. */
export function FirstMonitorForm() {
  const [url, setUrl] = useState('')
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: () => api.createMonitor({ name: nameOf(url), url: withScheme(url), type: 'WEBSITE' }),
    onSuccess: ({ id }) => navigate({ to: '/monitors/$monitorId', params: { monitorId: id } }),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    start.mutate()
  }
  return (
    <form onSubmit={submit} className="form" noValidate>
      <TextInput
        label="URL"
        type="url"
        placeholder="https://example.com"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={fieldError(start.error, 'url')}
        autoFocus
      />
      <Problem error={start.error} shown={['url']} />
      <Button type="submit" loading={start.isPending} fullWidth>
        {t('setup.monitor.submit')}
      </Button>
      <p className="dimmed">
        <Link to="/">{t('setup.monitor.later')}</Link>
      </p>
    </form>
  )
}

/** What most people type is a host; a page of it is what they mean. */
function withScheme(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
}

function nameOf(text: string): string {
  const url = URL.parse(withScheme(text))
  return url === null || url.host === '' ? text.trim() || 'Website' : url.host
}
