import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Monitor } from '#client'
import { monitorQuery } from '../../api/queries.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { documentQuery } from './document-query.ts'
import { MonitorForm } from './MonitorForm.tsx'

const route = getRouteApi('/app/monitors/$monitorId/edit')

/** Changes a monitor, then shows it. */
export function EditMonitorPage() {
  const { monitorId } = route.useParams()
  const { data: document, error: documentError } = useQuery(documentQuery)
  const { data: monitor, error } = useQuery(monitorQuery(monitorId))
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <>
      <PageHead title={t('monitor.editTitle')} within={[t('nav.monitors'), monitor?.name ?? '…']} />
      <Problem error={error ?? documentError} />
      {document === undefined || monitor === undefined ? (
        <Waiting />
      ) : (
        <Form
          document={document}
          monitor={monitor}
          onSaved={async (saved) => {
            queryClient.setQueryData(monitorQuery(monitorId).queryKey, saved)
            void queryClient.invalidateQueries({ queryKey: ['monitors'] })
            await navigate({ to: '/monitors/$monitorId', params: { monitorId } })
          }}
        />
      )}
    </>
  )
}

/** Edits the monitor as it was when the form was opened: what comes in meanwhile does not change under one's hands. */
function Form({ monitor, ...rest }: Parameters<typeof MonitorForm>[0] & { monitor: Monitor }) {
  const [opened] = useState(monitor)
  return <MonitorForm monitor={opened} {...rest} />
}
