import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NotificationChannel } from '#client'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/permissions.ts'
import { channelsQuery } from '../../api/queries.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'

interface Props {
  channels: NotificationChannel[]
  onEdit: (channel: NotificationChannel) => void
}

/** The channels that there are, with how their newest delivery went. */
export function ChannelList({ channels, onEdit }: Props) {
  const mayManage = useMay('admin')
  const [asked, setAsked] = useState<NotificationChannel | null>(null)
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: (id: string) => api.deleteNotificationChannel(id),
    onSuccess: async () => {
      setAsked(null)
      await queryClient.invalidateQueries(channelsQuery)
    },
  })
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th>{t('channels.name')}</th>
            <th className="side-column">{t('channels.hears')}</th>
            <th>{t('channels.last')}</th>
            <th>
              <span className="unseen">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id} className={channel.isActive ? '' : 'row-over'}>
              <td className="wide">
                {channel.name}
                <span className="sub">{channel.config.url ?? channel.type}</span>
              </td>
              <td className="side-column">
                {t(channel.allMonitors ? 'channels.allMonitors' : 'channels.someMonitors')}
                {channel.isActive ? null : <span className="sub">{t('channels.off')}</span>}
              </td>
              <td>
                {channel.lastStatus === null ? t('never') : t(`delivery.${channel.lastStatus}`)}
                {channel.lastTriggeredAt === null ? null : (
                  <span className="sub">
                    <TimeAgo at={channel.lastTriggeredAt} />
                  </span>
                )}
              </td>
              <td className="number">
                {mayManage ? (
                  <span className="row-actions">
                    <Button variant="default" size="xs" onClick={() => onEdit(channel)}>
                      {t('edit')}
                      <span className="unseen"> {channel.name}</span>
                    </Button>
                    <Button variant="default" size="xs" className="danger" onClick={() => setAsked(channel)}>
                      {t('delete')}
                      <span className="unseen"> {channel.name}</span>
                    </Button>
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AskFirst
        isOpen={asked !== null}
        title={t('monitor.delete.title', { name: asked?.name ?? '' })}
        text={t('channels.delete.text')}
        action={t('channels.delete.yes')}
        isBusy={remove.isPending}
        error={remove.error}
        onYes={() => asked !== null && remove.mutate(asked.id)}
        onNo={() => setAsked(null)}
      />
    </div>
  )
}
