import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { MonitorRow } from '#client'
import { useMay } from '../../api/permissions.ts'
import { monitorsQuery } from '../../api/queries.ts'
import { Choices } from '../../parts/Choices.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { LinkButton } from '../../parts/LinkButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t, tn } from '../../texts/texts.ts'
import { MONITOR_TYPES, typeLabel } from '../monitor-form/types.ts'
import { MonitorList } from './MonitorList.tsx'
import { matches, sorted } from './search.ts'

const STATUSES = ['DOWN', 'DEGRADED', 'UP', 'MAINTENANCE', 'PAUSED', 'PENDING'] as const
const route = getRouteApi('/app/monitors')

/** Every monitor, found by words, status and type. */
export function MonitorsPage() {
  const { data, error } = useQuery(monitorsQuery)
  const mayWrite = useMay('write')
  return (
    <>
      <PageHead title={t('nav.monitors')}>
        {mayWrite ? <LinkButton to="/monitors/new">{t('monitors.create')}</LinkButton> : null}
      </PageHead>
      <Problem error={error} />
      {data === undefined ? error === null ? <Waiting rows={9} /> : null : <Found monitors={data} />}
    </>
  )
}

function Found({ monitors }: { monitors: MonitorRow[] }) {
  const { search = '', status } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(search)
  const [type, setType] = useState('')
  const words = useDeferredValue(typed)
  const searchBox = useRef<HTMLInputElement>(null)
  useSlash(searchBox)

  const among = useMemo(
    () => monitors.filter((monitor) => (type === '' || monitor.type === type) && matches(monitor, words)),
    [monitors, type, words],
  )
  const shown = useMemo(
    () => sorted(status === undefined ? among : among.filter((monitor) => monitor.status === status)),
    [among, status],
  )
  const counts = Map.groupBy(among, (monitor) => monitor.status)
  if (monitors.length === 0) return <EmptyState title={t('monitors.none.title')} text={t('monitors.none.text')} />
  return (
    <>
      <search className="toolbar">
        <TextInput
          ref={searchBox}
          type="search"
          aria-label={t('monitors.search')}
          placeholder={t('monitors.search')}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value)
            void navigate({ search: (before) => ({ ...before, search: value }), replace: true })
          }}
        />
        <NativeSelect
          aria-label={t('monitor.type')}
          value={type}
          onChange={(event) => setType(event.currentTarget.value)}
          data={[
            { value: '', label: t('monitors.everyType') },
            ...MONITOR_TYPES.map((value) => ({ value, label: typeLabel(value) })),
          ]}
        />
        <Choices
          label={t('monitors.status')}
          chosen={status ?? 'ALL'}
          choices={[
            { value: 'ALL', label: t('monitors.all'), count: among.length },
            ...STATUSES.flatMap((value) => {
              const count = counts.get(value)?.length ?? 0
              return count === 0 && value !== status ? [] : [{ value, label: t(`status.${value}`), count }]
            }),
          ]}
          onChoose={(value) =>
            navigate({
              search: ({ status: _before, ...rest }) => (value === 'ALL' ? rest : { ...rest, status: value }),
              replace: true,
            })
          }
        />
      </search>
      <p className="unseen" role="status">
        {tn('monitors.found', shown.length)}
      </p>
      {shown.length === 0 ? (
        <EmptyState title={t('monitors.noneFound.title')} text={t('monitors.noneFound.text')} />
      ) : (
        <MonitorList monitors={shown} />
      )}
    </>
  )
}

/** A slash goes to the search box, as people know it from elsewhere. */
function useSlash(box: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      box.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [box])
}
