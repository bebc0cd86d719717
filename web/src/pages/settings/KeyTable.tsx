import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKey } from '#client'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/permissions.ts'
import { keysQuery } from '../../api/queries.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { t } from '../../texts/texts.ts'

/** The keys that there are, those that work first. */
export function KeyTable({ keys }: { keys: ApiKey[] }) {
  const mayManage = useMay('admin')
  const [asked, setAsked] = useState<ApiKey | null>(null)
  const queryClient = useQueryClient()
  const revoke = useMutation({
    mutationFn: (id: string) => api.revokeApiKey(id),
    onSuccess: async () => {
      setAsked(null)
      await queryClient.invalidateQueries(keysQuery)
    },
  })
  const rows = keys.toSorted((a, b) => Number(b.isActive) - Number(a.isActive))
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th>{t('keys.name')}</th>
            <th>{t('keys.permissions')}</th>
            <th className="side-column">{t('keys.lastUsed')}</th>
            <th className="side-column">{t('keys.state')}</th>
            <th>
              <span className="unseen">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((key) => (
            <tr key={key.id} className={key.isActive ? '' : 'row-over'}>
              <td className="wide">
                {key.name}
                <span className="sub code">{key.prefix}…</span>
              </td>
              <td className="wraps">{key.permissions.map((each) => t(`permission.${each}`)).join(', ')}</td>
              <td className="side-column">{key.lastUsedAt === null ? t('never') : <TimeAgo at={key.lastUsedAt} />}</td>
              <td className="side-column">
                {t(key.isActive ? 'keys.works' : key.revokedAt === null ? 'keys.expired' : 'keys.revoked')}
                {key.isActive && key.expiresAt !== null ? (
                  <span className="sub">
                    {t('keys.until')} <TimeAgo at={key.expiresAt} />
                  </span>
                ) : null}
              </td>
              <td className="number">
                {mayManage && key.isActive ? (
                  <Button variant="default" size="xs" className="danger" onClick={() => setAsked(key)}>
                    {t('keys.revoke')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AskFirst
        isOpen={asked !== null}
        title={t('keys.revoke.title', { name: asked?.name ?? '' })}
        text={t('keys.revoke.text')}
        action={t('keys.revoke.yes')}
        isBusy={revoke.isPending}
        error={revoke.error}
        onYes={() => asked !== null && revoke.mutate(asked.id)}
        onNo={() => setAsked(null)}
      />
    </div>
  )
}
