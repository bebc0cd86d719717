import { probeOwes } from './kit/probe-owes.ts'
import { websiteProbe } from './website.ts'

probeOwes('WEBSITE', (host, port) => ({ probe: websiteProbe, url: `http://${host}:${port}/` }))

probeOwes('WEBSITE with a keyword', (host, port) => ({
  probe: websiteProbe,
  url: `http://${host}:${port}/`,
  config: { keyword: 'nowhere' },
}))
