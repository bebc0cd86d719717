import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { field, statusAppOf, textField } from './client.ts'
import { Installation, type RunningServer } from './server.ts'

suite('the page that shows the API document', () => {
  let installation: Installation
  let server: RunningServer
  let key: string

  before(async () => {
    installation = await Installation.make()
    server = await installation.serve()
    key = (await installation.run('keys', 'create', '--name', 'docs', '--permissions', 'read,write,delete')).trim()
  })
  after(() => installation.remove())

  test('a newcomer creates, updates, pauses and deletes a monitor on it, and nothing comes from elsewhere', async (t) => {
    const browser = await openBrowser(t)
    if (browser === null) return t.skip('no browser runs on this machine; TEST_BROWSER may name one')
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol !== 'data:' && origin !== server.url) complaints.push(`asked for ${request.url()}`)
    })

    await page.goto(`${server.url}/docs/api`)
    await page.locator('.auth-wrapper .authorize').first().click()
    await page.locator('#api_key_value').fill(key)
    await page.locator('.auth-btn-wrapper .authorize').first().click()
    await page.locator('.btn-done').first().click()

    const created = await execute(page, 'createMonitor', {
      body: { name: 'Backup', type: 'CRON', schedule: '0 2 * * *' },
    })
    assert.equal(created.status, '201', created.text)
    const monitorId = textField(JSON.parse(created.text), 'id')

    const updated = await execute(page, 'updateMonitor', { monitorId, body: { name: 'Nightly backup' } })
    assert.equal(updated.status, '200', updated.text)
    assert.equal(field(JSON.parse(updated.text), 'name'), 'Nightly backup')

    const paused = await execute(page, 'pauseMonitor', { monitorId })
    assert.deepEqual(JSON.parse(paused.text), { id: monitorId, isPaused: true, status: 'PAUSED' })

    const removed = await execute(page, 'deleteMonitor', { monitorId })
    assert.equal(field(JSON.parse(removed.text), 'success'), true)
    await assert.rejects(statusAppOf(server.url, key).getMonitor(monitorId), { code: 'NOT_FOUND' })

    assert.ok(await page.evaluate('document.documentElement.classList.contains("dark-mode")'))
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 390, 'it fits a phone')
    assert.deepEqual(complaints, [])
  })

  test('it allows no script, style or host but its own, and its files may be kept for good', async () => {
    const page = await fetch(`${server.url}/api/v1/docs`)
    const html = await page.text()
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.equal(page.status, 200)
    assert.match(policy, /default-src 'none'.*script-src 'self'.*style-src 'self'.*frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    assert.doesNotMatch(html, /<script>|<style>|\son[a-z]+=|https?:/)
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+assets[^"]+)"/g)].map(([, path]) => path)
    assert.equal(files.length, 4)
    for (const path of files) {
      const file = await fetch(`${server.url}${path}`)
      assert.equal(file.status, 200)
      assert.match(file.headers.get('cache-control') ?? '', /immutable/)
      assert.ok((await file.text()).length > 100)
    }
    assert.equal((await fetch(`${server.url}/api/v1/docs/assets/docs.old.js`)).status, 404)
    assert.equal((await fetch(`${server.url}/api/v1/docs/assets/..%2fpage.ts`)).status, 404)
  })
})

/** Opens an operation, fills it in, presses Execute; what came. */
async function execute(page: Page, operationId: string, given: { monitorId?: string; body?: object }) {
  const operation = page.locator(`#operations-Monitors-${operationId}`)
  await operation.locator('.opblock-summary-control').click()
  if (given.monitorId !== undefined)
    await operation.locator('[data-param-name="monitorId"] input').fill(given.monitorId)
  if (given.body !== undefined) await operation.locator('textarea').fill(JSON.stringify(given.body))
  await operation.locator('.execute').click()
  const answer = operation.locator('.live-responses-table .response').first()
  const status = (await answer.locator('.response-col_status').textContent())?.trim() ?? ''
  const text = (await answer.locator('.highlight-code pre').first().textContent()) ?? ''
  // Folded again, so that the page stays small.
  await operation.locator('.opblock-summary-control').click()
  return { status: /^\d+/.exec(status)?.[0], text }
}
