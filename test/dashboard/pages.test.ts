import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { StatusApp } from '../../clients/typescript/src/index.ts'
import { launchBrowser } from '../acceptance/browser.ts'
import { Installation, type RunningServer } from '../acceptance/server.ts'
import { logIn, OWNER_SETTINGS } from './owner.ts'
import { startPeer } from './peer.ts'
import { axeFindings, overflowOf, settled, watchedPage } from './watched-page.ts'

const HOSTILE = `<img src=x onerror=alert(1)>"'&amp; {name} ${'long'.repeat(9)} \u202egnirts \u{1F9E8}`
const NO_BROWSER = 'no browser runs on this machine; TEST_BROWSER may name one'

suite('every page, in both themes', () => {
  let browser: Browser | null
  let installation: Installation
  let server: RunningServer
  let peer: Awaited<ReturnType<typeof startPeer>>
  let paths: string[] = []

  before(async () => {
    browser = await launchBrowser()
    peer = await startPeer()
    installation = await Installation.make()
    server = await installation.serve(OWNER_SETTINGS)
    const apiKey = await installation.run('keys', 'create', '--name', 'x', '--permissions', 'read,write,delete,admin')
    const api = new StatusApp({ baseUrl: `${server.url}/api/v1`, apiKey: apiKey.trim() })
    const make = (body: object): Promise<{ id: string }> => api.send('POST', '/monitors', { body, options: {} })
    const up = await make({ name: HOSTILE, url: `${peer.url}/`, tags: [HOSTILE.slice(0, 30)] })
    const down = await make({ name: 'Broken', url: `${peer.url}/broken`, confirmationChecks: 1 })
    const job = await make({ name: 'Backup', type: 'CRON', schedule: '0 2 * * *' })
    await api.createNotificationChannel({ name: HOSTILE, type: 'WEBHOOK', config: { url: `${peer.url}/hook` } })
    const incidentId = await firstIncident(api)
    await api.addIncidentUpdate(incidentId, { status: 'identified', message: HOSTILE })
    paths = [
      '/',
      '/monitors',
      `/monitors/${up.id}`,
      `/monitors/${down.id}`,
      `/monitors/${job.id}`,
      '/monitors/new',
      `/monitors/${up.id}/edit`,
      '/monitors/mon_aaaaaaaaaaaaaaaa',
      '/incidents',
      `/incidents/${incidentId}`,
      '/settings/notification-channels',
      '/settings/integrations/api-access',
      '/incidents/a/b',
    ]
  })
  after(async () => {
    await browser?.close()
    await installation.remove()
    peer.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`meets WCAG, fits a phone, and shows hostile names as they are (${colorScheme})`, async (t) => {
      if (browser === null) return t.skip(NO_BROWSER)
      const { page, complaints } = await watchedPage(browser, server.url, {
        colorScheme,
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
      })
      const found: string[] = []
      const look = async (path: string) => {
        await settled(page)
        found.push(...(await axeFindings(page)).map((finding) => `${path}: ${finding}`))
        await page.setViewportSize({ width: 375, height: 740 })
        const overflow = await overflowOf(page)
        if (overflow > 0) found.push(`${path}: ${overflow} px too wide for a phone`)
        await page.setViewportSize({ width: 1280, height: 900 })
      }
      await page.goto(`${server.url}/login`)
      await look('/login')
      await logIn(page, server.url)
      for (const path of paths) {
        await page.goto(server.url + path)
        await look(path)
      }
      await page.goto(`${server.url}/monitors`)
      await page.getByRole('link', { name: HOSTILE, exact: true }).waitFor()
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
    })
  }

  test('the navigation folds away on a phone, and closes when it has led somewhere', async (t) => {
    if (browser === null) return t.skip(NO_BROWSER)
    const { page } = await watchedPage(browser, server.url, { viewport: { width: 375, height: 740 } })
    await logIn(page, server.url)
    const incidents = page.getByRole('link', { name: /^Incidents/ })
    assert.equal(await incidents.isVisible(), false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await incidents.click()
    await page.getByRole('heading', { name: 'Incidents' }).waitFor()
    assert.equal(await incidents.isVisible(), false)
  })
})

/** The incident of the broken monitor, once it is there. */
async function firstIncident(api: StatusApp): Promise<string> {
  for (;;) {
    const { incidents } = await api.listIncidents()
    if (incidents[0] !== undefined) return incidents[0].id
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
