import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Monitor } from '#client'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/permissions.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { t } from '../../texts/texts.ts'

/** What can be done with a monitor, as far as the person may. */
export function MonitorActions({ monitor: { id, isPaused, type } }: { monitor: Monitor }) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refresh = () =>
    Promise.all(
      ['monitor', 'monitors', 'incidents', 'analytics'].map((key) =>
        queryClient.invalidateQueries({ queryKey: [key] }),
      ),
    )
  const toggle = useMutation({
    mutationFn: () => (isPaused ? api.resumeMonitor(id) : api.pauseMonitor(id)),
    onSuccess: refresh,
  })
  const check = useMutation({ mutationFn: () => api.checkMonitor(id), onSuccess: refresh })
  const mayWrite = useMay('write')
  const mayDelete = useMay('delete')
  if (!mayWrite) return null
  return (
    <>
      <Problem error={toggle.error ?? check.error} />
      {type === 'CRON' ? null : (
        <Button variant="default" onClick={() => check.mutate()} loading={check.isPending} disabled={isPaused}>
          {t('monitor.checkNow')}
        </Button>
      )}
      <Button variant="default" onClick={() => toggle.mutate()} loading={toggle.isPending}>
        {t(isPaused ? 'monitor.resume' : 'monitor.pause')}
      </Button>
      <Button
        variant="default"
        onClick={() => navigate({ to: '/monitors/$monitorId/edit', params: { monitorId: id } })}
      >
        {t('monitor.edit')}
      </Button>
      {mayDelete ? <Delete id={id} /> : null}
    </>
  )
}

function Delete({ id }: { id: string }) {
  const [isAsking, setAsking] = useState(false)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const name = queryClient.getQueryData<Monitor>(['monitor', id])?.name ?? ''
  const remove = useMutation({
    mutationFn: () => api.deleteMonitor(id),
    onSuccess: async () => {
      await navigate({ to: '/monitors' })
      queryClient.removeQueries({ queryKey: ['monitor', id] })
      await queryClient.invalidateQueries({ queryKey: ['monitors'] })
    },
  })
  return (
    <>
      <Button variant="default" className="danger" onClick={() => setAsking(true)}>
        {t('monitor.delete')}
      </Button>
      <AskFirst
        isOpen={isAsking}
        title={t('monitor.delete.title', { name })}
        text={t('monitor.delete.text')}
        action={t('monitor.delete.yes')}
        isBusy={remove.isPending}
        error={remove.error}
        onYes={() => remove.mutate()}
        onNo={() => setAsking(false)}
      />
    </>
  )
}
