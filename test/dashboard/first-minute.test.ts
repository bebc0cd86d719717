import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../acceptance/browser.ts'
import { Installation } from '../acceptance/server.ts'
import { OWNER } from './owner.ts'
import { startPeer } from './peer.ts'
import { watchedPage } from './watched-page.ts'

test('from the printed link to a monitor that is up, a key, and a tested webhook, without a manual', async (t) => {
  const browser = await openBrowser(t)
  if (browser === null) return t.skip('no browser runs on this machine; TEST_BROWSER may name one')
  const peer = await startPeer()
  t.after(() => peer.close())
  const installation = await Installation.make()
  t.after(() => installation.remove())
  const server = await installation.serve()
  const link = server.told.join('\n').match(/http\S+\/setup\?token=\S+/)?.[0]
  assert.ok(link !== undefined, server.told.join('\n'))
  const { page, complaints } = await watchedPage(browser, server.url)

  // Without the link there is nothing to do but to be told of it.
  await page.goto(server.url)
  await page.getByText('Open the set-up link').waitFor()
  assert.equal(new URL(page.url()).pathname, '/setup')

  await page.goto(link)
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText(/at least|characters/).waitFor()
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByLabel('URL').fill(`${peer.url}/`)
  await page.getByRole('button', { name: 'Start monitoring' }).click()
  await page.waitForURL(/\/monitors\/mon_[a-z0-9]{16}$/)
  await page.locator('.page-head .status-up').waitFor()

  await page.getByRole('link', { name: 'API Access' }).click()
  await page.getByRole('button', { name: 'Create API key' }).click()
  await page.getByLabel('Key name').fill('deploy')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const key = await page.getByLabel('API key', { exact: true }).inputValue()
  const asked = await fetch(`${server.url}/api/v1/monitors`, { headers: { 'x-api-key': key } })
  assert.equal(asked.status, 200)
  await page.getByRole('button', { name: 'Done' }).click()
  assert.equal(await page.getByText(key).count(), 0, 'the key is shown once')

  await page.getByRole('link', { name: 'Notification Channels' }).click()
  await page.getByRole('button', { name: 'Create Channel' }).click()
  await page.getByRole('button', { name: 'Webhook' }).click()
  await page.getByLabel('Name').fill('Ops room')
  await page.getByLabel('URL').fill(`${peer.url}/refuses`)
  await page.getByRole('button', { name: 'Send test' }).click()
  await page.getByText('The test did not arrive').waitFor()
  await page.getByLabel('URL').fill(`${peer.url}/ops`)
  await page.getByRole('button', { name: 'Send test' }).click()
  await page.getByText('The test arrived').waitFor()
  await page.getByRole('button', { name: 'Save channel' }).click()
  await page.getByLabel('Signing secret').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('cell', { name: /^Ops room/ }).waitFor()
  assert.deepEqual(peer.hooks, ['/refuses', '/ops'])

  await page.goto(link)
  await page.getByText('What should be watched first?').waitFor()
  await page.getByRole('link', { name: 'Later' }).click()
  await page.getByText('Everything is up').waitFor()
  assert.deepEqual(complaints, [])
})
