import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** A page, and everything that went wrong on it. */
export interface WatchedPage {
  page: Page
  /** What the browser complained about, and each request to another host. */
  complaints: string[]
}

/** Opens a page on which no complaint goes unheard: of scripts, of the content security policy, of anything from elsewhere. */
export async function watchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ locale: 'en-GB', ...options })
  const complaints: string[] = []
  page.on('console', (message) => {
    // That an answer was 4xx is for the page to handle.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && origin !== url) complaints.push(`asked for ${request.url()}`)
  })
  return { page, complaints }
}

/** What axe finds against WCAG 2.2 AA on a page as it is now, each as a sentence. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Not as a script element: the page's own policy stays in force.
  await page.evaluate(AXE)
  return await page.evaluate(async () => {
    const axe: {
      run(
        options: object,
      ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
    } = Reflect.get(globalThis, 'axe')
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`),
    )
  })
}

/** Waits until a page has its title and waits for nothing any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor()
  await page.locator('.waiting').first().waitFor({ state: 'detached' })
}

/** By how many pixels a page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'))
}
