import { type Static, Type } from 'typebox'
import { ROOT_CAUSE_CATEGORIES, SEVERITIES } from '#domain'
import type { IncidentFilter } from '#storage'
import { PageFields } from '../paging.ts'
import { RangeFields, rangeOf } from '../time-range.ts'

const STATUS_FILTERS = ['active', 'open', 'resolved', 'all'] as const

/** What a list of incidents can be asked for. */
export const ListQuery = Type.Object({
  ...PageFields,
  ...RangeFields,
  monitorId: Type.Optional(Type.String({ maxLength: 64, description: 'Incidents of this monitor only.' })),
  status: Type.Optional(
    Type.Enum(STATUS_FILTERS, { description: '`open` says the same as `active`.', default: 'all' }),
  ),
  severity: Type.Optional(Type.Enum(SEVERITIES)),
  rootCauseCategory: Type.Optional(Type.Enum(ROOT_CAUSE_CATEGORIES)),
  category: Type.Optional(Type.Enum(ROOT_CAUSE_CATEGORIES, { description: 'Another way to say `rootCauseCategory`.' })),
  acknowledged: Type.Optional(Type.Enum(['true', 'false'], { description: 'Whether someone took it on.' })),
  search: Type.Optional(
    Type.String({ maxLength: 200, description: "Part of title, monitor's name, root cause or number." }),
  ),
})
/** The filter that a query asks for. Throws `ApiError`. */
export function filterOf(query: Static<typeof ListQuery>): IncidentFilter {
  const { monitorId, status = 'all', severity, acknowledged, search } = query
  const rootCauseCategory = query.rootCauseCategory ?? query.category
  return {
    ...rangeOf(query),
    status: status === 'open' ? 'active' : status,
    ...(monitorId !== undefined && { monitorId }),
    ...(severity !== undefined && { severity }),
    ...(rootCauseCategory !== undefined && { rootCauseCategory }),
    ...(acknowledged !== undefined && { acknowledged: acknowledged === 'true' }),
    ...(search !== undefined && search !== '' && { search }),
  }
}
