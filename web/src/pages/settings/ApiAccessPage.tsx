import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../api/permissions.ts'
import { keysQuery } from '../../api/queries.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { KeyTable } from './KeyTable.tsx'
import { NewKeyForm } from './NewKeyForm.tsx'

/** The keys by which programs use the API. */
export function ApiAccessPage() {
  const { data, error } = useQuery(keysQuery)
  const [isMaking, setMaking] = useState(false)
  const mayManage = useMay('admin')
  return (
    <>
      <PageHead
        title={t('nav.apiAccess')}
        within={[t('nav.settings'), t('nav.integrations')]}
        about={<a href="/docs/api">{t('nav.reference')}</a>}
      >
        {mayManage && !isMaking ? <Button onClick={() => setMaking(true)}>{t('keys.create')}</Button> : null}
      </PageHead>
      <Problem error={error} />
      {isMaking ? <NewKeyForm onDone={() => setMaking(false)} /> : null}
      {data === undefined ? (
        <Waiting rows={4} />
      ) : data.apiKeys.length === 0 ? (
        <EmptyState title={t('keys.none.title')} text={t('keys.none.text')} />
      ) : (
        <KeyTable keys={data.apiKeys} />
      )}
    </>
  )
}
