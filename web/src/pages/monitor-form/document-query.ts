import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { ApiDocument } from '../../form/json-schema.ts'

/** What this server's API takes. It changes with the server only. */
export const documentQuery = queryOptions({
  queryKey: ['document'],
  queryFn: (): Promise<ApiDocument> => api.send('GET', '/openapi.json', { options: {} }),
  staleTime: Number.POSITIVE_INFINITY,
})
