import { httpProbe } from './http/probe.ts'

export const websiteProbe = httpProbe(
  'WEBSITE',
  'A web page answers with a good status and, if asked, the right words.',
)
