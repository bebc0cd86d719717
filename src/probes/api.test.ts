import { apiProbe } from './api.ts'
import { probeOwes } from './kit/probe-owes.ts'

probeOwes('API over TLS with a keyword', (host, port) => ({
  probe: apiProbe,
  url: `https://${host}:${port}/`,
  config: { keyword: 'ok', httpMethod: 'POST', requestBody: '{}' },
}))
