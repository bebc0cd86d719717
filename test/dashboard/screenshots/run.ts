import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../acceptance/browser.ts'
import { logIn } from '../owner.ts'
import { makeScene, type Scene } from './scene.ts'

const FOLDER = join(import.meta.dirname, '../../../dist/screenshots')
const SIZES = { desktop: { width: 1280, height: 860 }, phone: { width: 375, height: 740 } } as const
/** Long enough for a first outage to be found and told. */
const SETTLE_MS = 14_000

/** Every page in both themes and two sizes, into `dist/screenshots`, to be looked at. Words given choose pages. */
async function main(words: readonly string[]): Promise<void> {
  const browser = await launchBrowser()
  if (browser === null) throw new Error('no browser runs on this machine; TEST_BROWSER may name one')
  const scene = await makeScene()
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    const { incidents } = await scene.api.listIncidents({ status: 'active' })
    const incidentId = incidents[0]?.id ?? ''
    await scene.api.acknowledgeIncident(incidentId)
    await scene.api.addIncidentUpdate(incidentId, {
      status: 'identified',
      message: 'The provider confirms a fault in its card network. Payments by bank transfer work.',
    })
    if (words.length === 0) await rm(FOLDER, { recursive: true, force: true })
    await mkdir(FOLDER, { recursive: true })
    for (const scheme of ['light', 'dark'] as const) {
      for (const size of ['desktop', 'phone'] as const) await shoot(browser, scene, { scheme, size, incidentId, words })
    }
  } finally {
    await browser.close()
    await scene.remove()
  }
}

interface Look {
  scheme: 'light' | 'dark'
  size: keyof typeof SIZES
  incidentId: string
  words: readonly string[]
}

async function shoot(browser: Browser, { url, ids }: Scene, { scheme, size, incidentId, words }: Look): Promise<void> {
  const page = await browser.newPage({ viewport: SIZES[size], colorScheme: scheme, locale: 'en-GB' })
  const shot = async (name: string, path: string | null, before?: (page: Page) => Promise<void>) => {
    if (words.length > 0 && !words.some((word) => name.includes(word))) return
    if (path !== null) await page.goto(`${url}${path}`)
    await page.waitForLoadState('networkidle')
    await before?.(page)
    await page.waitForTimeout(250)
    await page.screenshot({ path: join(FOLDER, `${name}-${size}-${scheme}.png`), fullPage: true })
  }
  await shot('setup', '/setup?token=x')
  await shot('login', '/login')
  await logIn(page, url)
  await shot('overview', '/')
  await shot('monitors', '/monitors')
  await shot('monitor', `/monitors/${ids.well}`)
  await shot('monitor-down', `/monitors/${ids.broken}`)
  await shot('monitor-job', `/monitors/${ids.job}`)
  await shot('monitor-new', '/monitors/new', async () => {
    await page.getByLabel('Name').fill('Checkout')
    await page.getByLabel('URL').fill('https://example.com/checkout')
    await page.getByLabel('Check interval').fill('1')
    await page.getByRole('button', { name: 'Save monitor' }).click()
    await page.getByRole('button', { name: 'Run test' }).click()
  })
  await shot('monitor-delete', `/monitors/${ids.well}`, (each) => each.getByRole('button', { name: 'Delete' }).click())
  await shot('incidents', '/incidents?filter=all')
  await shot('incident', `/incidents/${incidentId}`)
  await shot('channels', '/settings/notification-channels')
  await shot('channel-new', '/settings/notification-channels', async () => {
    await page.getByRole('button', { name: 'Create Channel' }).click()
    await page.getByRole('button', { name: 'Webhook' }).click()
  })
  await shot('api-access', '/settings/integrations/api-access')
  await shot('key-new', '/settings/integrations/api-access', async () => {
    await page.getByRole('button', { name: 'Create API key' }).click()
  })
  await shot('missing', '/monitors/a/b')
  await page.close()
}

await main(process.argv.slice(2))
