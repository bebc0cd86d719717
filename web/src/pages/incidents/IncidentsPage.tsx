import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/client.ts'
import { Choices } from '../../parts/Choices.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { t } from '../../texts/texts.ts'
import { IncidentTable } from './IncidentTable.tsx'

const PAGE = 50
const FILTERS = ['active', 'resolved', 'all'] as const
const route = getRouteApi('/app/incidents')

/** All incidents, those of now unless others are asked for. */
export function IncidentsPage() {
  const { filter = 'active' } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['incidents', 'pages', filter],
    queryFn: ({ pageParam, signal }) =>
      api.listIncidents({ status: filter, limit: PAGE, offset: pageParam }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => (page.hasMore ? pages.length * PAGE : undefined),
    refetchInterval: 10_000,
  })
  const incidents = data?.pages.flatMap((page) => page.incidents) ?? []
  return (
    <>
      <PageHead title={t('nav.incidents')} />
      <div className="toolbar">
        <Choices
          label={t('incidents.filter')}
          chosen={filter}
          choices={FILTERS.map((value) => ({ value, label: t(`incidents.filter.${value}`) }))}
          onChoose={(value) => navigate({ search: value === 'active' ? {} : { filter: value }, replace: true })}
        />
      </div>
      <Problem error={error} />
      {isPending ? <Waiting /> : null}
      {data !== undefined && incidents.length === 0 ? (
        <EmptyState title={t(`incidents.none.${filter}`)} text={t('incidents.none.text')} />
      ) : null}
      {incidents.length === 0 ? null : <IncidentTable incidents={incidents} />}
      {hasNextPage ? (
        <Button variant="default" onClick={() => fetchNextPage()} loading={isFetchingNextPage} className="more">
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}
