import type { Sender } from './request.ts'
import { plain, SECRET, STRANGERS, type Victim } from './victim.ts'

/** Makes something of everything: for our account with secrets in it, for the stranger with names in it. */
export async function plant(victim: Victim): Promise<void> {
  const make = async (sender: Sender, path: string, body: { [field: string]: unknown }) => {
    const reply = await victim.send(plain('POST', path, body, sender))
    if (reply.status === 404) return ''
    if (reply.status >= 300) throw new Error(`POST ${path} answered ${reply.status}: ${reply.text}`)
    const { id } = JSON.parse(reply.text)
    return typeof id === 'string' ? id : ''
  }
  for (const [sender, name] of [
    ['owner', 'Ours'],
    ['stranger', `Theirs ${STRANGERS}`],
  ] as const) {
    const secret = SECRET
    const monitorId = await make(sender, '/monitors', {
      name,
      url: `https://user:${secret}@example.com/`,
      requestHeaders: { Cookie: `session=${secret}` },
      apiAuthConfig: { type: 'bearer', token: secret },
    })
    for (const type of ['GRAPHQL', 'PING', 'PORT', 'DNS', 'SSL_CERT', 'CRON', 'API']) {
      const own: { [type: string]: { [field: string]: unknown } } = {
        PORT: { port: 443 },
        DNS: { dnsRecord: 'A' },
        GRAPHQL: { graphqlQuery: '{ a }' },
      }
      await make(sender, '/monitors', { name, type, url: 'https://example.com/', ...own[type] })
    }
    const channel = {
      name,
      type: 'WEBHOOK',
      config: { url: `https://u:${secret}@example.com/hook`, secret: `${secret}-${secret}` },
    }
    await make(sender, '/notification-channels', channel)
    await make(sender, '/incidents', { title: name, monitorIds: [monitorId], status: 'investigating', message: name })
    await make(sender, '/status-pages', { name, slug: sender, monitorIds: [monitorId] })
    await make(sender, '/maintenance-windows', {
      title: name,
      startsAt: '2030-01-01T00:00:00Z',
      endsAt: '2030-01-01T01:00:00Z',
      monitorIds: [monitorId],
    })
    await make(sender, '/api-keys', { name, permissions: ['read'] })
    await make(sender, '/team/invitations', { email: `${sender}@example.com`, role: 'MEMBER' })
  }
}
