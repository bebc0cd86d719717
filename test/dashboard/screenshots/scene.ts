import { StatusApp } from '../../../clients/typescript/src/index.ts'
import { Installation, terminate } from '../../acceptance/server.ts'
import { OWNER_SETTINGS } from '../owner.ts'
import { startPeer } from '../peer.ts'
import { type Life, writeHistory } from './history.ts'

/** A server with a team's usual monitors, some of them in trouble. */
export interface Scene {
  url: string
  api: StatusApp
  /** Of monitors by what they show. */
  ids: { well: string; broken: string; job: string }
  remove(): Promise<void>
}

export async function makeScene(): Promise<Scene> {
  const peer = await startPeer()
  const installation = await Installation.make()
  const first = await installation.serve(OWNER_SETTINGS)
  const apiKey = (
    await installation.run('keys', 'create', '--name', 'Terraform', '--permissions', 'read,write,delete,admin')
  ).trim()
  const api = new StatusApp({ baseUrl: `${first.url}/api/v1`, apiKey })
  const make = async (name: string, path: string, more: object = {}) => {
    const created: { id: string } = await api.send('POST', '/monitors', {
      body: { name, url: `${peer.url}${path}`, interval: 10, confirmationChecks: 1, tags: ['production'], ...more },
      options: {},
    })
    return created.id
  }
  const well = await make('Shop', '/', { tags: ['production', 'shop'] })
  const api2 = await make('Orders API', '/', {
    type: 'API',
    assertions: [{ source: 'json', path: '$.status', comparison: 'equals', target: 'ok' }],
  })
  const slow = await make('Image resizer', '/slow', { degradedThreshold: 100 })
  const broken = await make('Payment gateway', '/broken')
  const names = ['Documentation', 'Marketing site', 'Login', 'Search', 'Status mails', 'Customer portal', 'Admin']
  const more = await Promise.all(names.map((name) => make(name, '/')))
  await make('Cache (Redis)', '', { type: 'PORT', url: '127.0.0.1', port: Number(new URL(peer.url).port) })
  const paused = await make('Old blog', '/')
  await api.pauseMonitor(paused)
  const job: { id: string } = await api.send('POST', '/monitors', {
    body: { name: 'Nightly backup', type: 'CRON', schedule: '0 2 * * *', timezone: 'Europe/Berlin' },
    options: {},
  })
  await api.ping(job.id, { message: '1.2 GB backed up' })
  await api.createNotificationChannel({ name: 'Ops room', type: 'WEBHOOK', config: { url: `${peer.url}/ops` } })
  await api.createNotificationChannel({
    name: 'Night shift',
    type: 'WEBHOOK',
    config: { url: `${peer.url}/refuses` },
    allMonitors: false,
  })
  await api.createApiKey({ name: 'Deploy pipeline', permissions: ['read', 'write'], expiresIn: '90d' })
  await terminate(first)

  const lives: Life[] = [
    {
      monitorId: well,
      usualMs: 120,
      days: 90,
      troubles: [
        { status: 'DOWN', daysAgo: 62, hours: 3 },
        { status: 'DEGRADED', daysAgo: 33, hours: 8 },
        { status: 'MAINTENANCE', daysAgo: 12.4, hours: 30 },
        { status: 'DOWN', daysAgo: 9, hours: 0.4 },
      ],
    },
    { monitorId: api2, usualMs: 210, days: 60, troubles: [{ status: 'DOWN', daysAgo: 20, hours: 1 }] },
    { monitorId: slow, usualMs: 640, days: 40, troubles: [{ status: 'DEGRADED', daysAgo: 5, hours: 20 }] },
    { monitorId: broken, usualMs: 340, days: 90, troubles: [{ status: 'DOWN', daysAgo: 44, hours: 5 }] },
    ...more.map((monitorId, index) => ({ monitorId, usualMs: 40 + index * 35, days: 80, troubles: [] })),
  ]
  await writeHistory(installation.dataDir, lives, Date.now())
  const { url } = await installation.serve(OWNER_SETTINGS)
  return {
    url,
    api: new StatusApp({ baseUrl: `${url}/api/v1`, apiKey }),
    ids: { well, broken, job: job.id },
    remove: async () => {
      await installation.remove()
      peer.close()
    },
  }
}
