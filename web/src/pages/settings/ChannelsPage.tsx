import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { NotificationChannel } from '#client'
import { useMay } from '../../api/permissions.ts'
import { channelsQuery } from '../../api/queries.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { ChannelList } from './ChannelList.tsx'
import { WebhookForm } from './WebhookForm.tsx'

/** What is open beside the list: the choice of a kind, or the form of one. */
type Open = 'nothing' | 'kinds' | 'webhook' | NotificationChannel

/** Where people are told. */
export function ChannelsPage() {
  const { data, error } = useQuery(channelsQuery)
  const [open, setOpen] = useState<Open>('nothing')
  const mayManage = useMay('admin')
  const close = () => setOpen('nothing')
  return (
    <>
      <PageHead title={t('nav.channels')} within={[t('nav.settings')]}>
        {mayManage && open === 'nothing' ? (
          <Button onClick={() => setOpen('kinds')}>{t('channels.create')}</Button>
        ) : null}
      </PageHead>
      <Problem error={error} />
      {open === 'kinds' ? (
        <section className="card">
          <h2>{t('channels.kind')}</h2>
          <div className="kinds">
            <button type="button" className="kind" aria-label="Webhook" onClick={() => setOpen('webhook')}>
              <strong>Webhook</strong>
              <span className="dimmed">{t('channels.webhook')}</span>
            </button>
          </div>
          <Button variant="subtle" onClick={close}>
            {t('cancel')}
          </Button>
        </section>
      ) : null}
      {open === 'webhook' ? <WebhookForm onDone={close} /> : null}
      {typeof open === 'object' ? <WebhookForm key={open.id} channel={open} onDone={close} /> : null}
      {data === undefined ? (
        <Waiting rows={3} />
      ) : data.channels.length === 0 ? (
        open === 'nothing' ? (
          <EmptyState title={t('channels.none.title')} text={t('channels.none.text')} />
        ) : null
      ) : (
        <ChannelList channels={data.channels} onEdit={setOpen} />
      )}
    </>
  )
}
