import { httpProbe } from './http/probe.ts'

export const apiProbe = httpProbe(
  'API',
  'An HTTP API answers a request with a good status and, if asked, the right words.',
)
