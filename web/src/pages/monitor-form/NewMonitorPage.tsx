import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { documentQuery } from './document-query.ts'
import { MonitorForm } from './MonitorForm.tsx'

/** Makes a monitor, then shows it. */
export function NewMonitorPage() {
  const { data, error } = useQuery(documentQuery)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <>
      <PageHead title={t('monitors.create')} within={[t('nav.monitors')]} />
      <Problem error={error} />
      {data === undefined ? (
        <Waiting />
      ) : (
        <MonitorForm
          document={data}
          onSaved={async ({ id }) => {
            void queryClient.invalidateQueries({ queryKey: ['monitors'] })
            await navigate({ to: '/monitors/$monitorId', params: { monitorId: id } })
          }}
        />
      )}
    </>
  )
}
