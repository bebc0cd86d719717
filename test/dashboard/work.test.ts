import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { StatusApp } from '../../clients/typescript/src/index.ts'
import { launchBrowser } from '../acceptance/browser.ts'
import { Installation, type RunningServer } from '../acceptance/server.ts'
import { logIn, OWNER, OWNER_SETTINGS } from './owner.ts'
import { startPeer } from './peer.ts'
import { watchedPage } from './watched-page.ts'

const TYPES = ['WEBSITE', 'API', 'GRAPHQL', 'PING', 'PORT', 'DNS', 'SSL_CERT', 'CRON']
const HOSTS = ['PING', 'PORT', 'DNS', 'SSL_CERT']

suite('working with the dashboard', () => {
  let browser: Browser | null
  let installation: Installation
  let server: RunningServer
  let peer: Awaited<ReturnType<typeof startPeer>>
  let api: StatusApp

  before(async () => {
    browser = await launchBrowser()
    peer = await startPeer()
    installation = await Installation.make()
    server = await installation.serve(OWNER_SETTINGS)
    const apiKey = await installation.run('keys', 'create', '--name', 'x', '--permissions', 'read,write,delete,admin')
    api = new StatusApp({ baseUrl: `${server.url}/api/v1`, apiKey: apiKey.trim() })
  })
  after(async () => {
    await browser?.close()
    await installation.remove()
    peer.close()
  })

  /** A page with the owner logged in, on which nothing may be complained about; null without a browser. */
  async function ownersPage(t: TestContext): Promise<Page | null> {
    if (browser === null) {
      t.skip('no browser runs on this machine; TEST_BROWSER may name one')
      return null
    }
    const { page, complaints } = await watchedPage(browser, server.url)
    t.after(async () => {
      await page.close()
      assert.deepEqual(complaints, [])
    })
    await logIn(page, server.url)
    return page
  }

  test('whoever is not logged in is led to where they wanted to go, once they are; a wrong password is told', async (t) => {
    if (browser === null) return t.skip('no browser runs on this machine; TEST_BROWSER may name one')
    const { page, complaints } = await watchedPage(browser, server.url)
    await page.goto(`${server.url}/incidents?filter=all`)
    await page.waitForURL(/\/login\?next=/)
    await page.getByLabel('Email').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill('a guess')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('alert').getByText('do not match').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${server.url}/incidents?filter=all`)
    assert.equal(await page.getByRole('button', { name: 'All' }).getAttribute('aria-pressed'), 'true')

    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL(`${server.url}/login`)
    await page.goto(server.url)
    await page.waitForURL(`${server.url}/login`)
    assert.deepEqual(complaints, [])
  })

  test('an address of another site is nowhere to go on to', async (t) => {
    if (browser === null) return t.skip('no browser runs on this machine; TEST_BROWSER may name one')
    const { page } = await watchedPage(browser, server.url)
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      await page.goto(`${server.url}/login?next=${encodeURIComponent(next)}`)
      await page.getByLabel('Email').fill(OWNER.email)
      await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
      await page.getByRole('button', { name: 'Log in' }).click()
      await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
      assert.equal(page.url(), `${server.url}/`, next)
      await page.context().clearCookies()
    }
  })

  test('a session that ended leads to the login, and back', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await page.getByRole('link', { name: /^Monitors/ }).click()
    await page.context().clearCookies()
    await page.getByRole('link', { name: 'API Access' }).click()
    await page.waitForURL(/\/login\?next=/)
    await page.getByLabel('Email').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'API Access' }).waitFor()
  })

  test('each type asks for what it needs, under names that stand once', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await page.goto(`${server.url}/monitors/new`)
    for (const type of TYPES) {
      await page.getByLabel('Monitor type').selectOption(type)
      const target = HOSTS.includes(type) ? 'Host' : 'URL'
      const names = ['Name', 'Monitor type', 'Check interval', ...(type === 'CRON' ? [] : [target])]
      for (const name of names) assert.equal(await page.getByLabel(name).count(), 1, `${type}: ${name}`)
    }
    await page.getByLabel('Monitor type').selectOption('PORT')
    await page.getByLabel('Port', { exact: true }).waitFor()
    await page.getByLabel('Monitor type').selectOption('CRON')
    await page.getByLabel('Schedule').waitFor()
  })

  test('a monitor with a wrong value is refused beside its field; tested, saved, changed, paused and deleted', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await page.goto(`${server.url}/monitors`)
    await page.getByRole('link', { name: 'Create monitor' }).click()
    await page.getByLabel('Name').fill('Orders')
    await page.getByLabel('Monitor type').selectOption('API')
    await page.getByLabel('URL').fill(`${peer.url}/`)
    await page.getByLabel('Check interval').fill('often')
    await page.getByRole('button', { name: 'Save monitor' }).click()
    const interval = page.getByLabel('Check interval')
    assert.equal(await waitForInvalid(page, 'Check interval'), 'true')
    const describedBy = (await interval.getAttribute('aria-describedby')) ?? ''
    assert.match(await textOfIds(page, describedBy), /whole number/)
    await interval.fill('60')

    await page.getByRole('group', { name: 'Assertions' }).getByRole('button', { name: 'Add' }).click()
    await page.getByLabel('Source').selectOption('json')
    await page.getByLabel('Path').fill('$.version')
    await page.getByLabel('Comparison').selectOption('equals')
    await page.getByLabel('Target').fill('4')
    await page.getByRole('button', { name: 'Run test' }).click()
    const results = page.getByRole('region', { name: 'Results of the test' })
    await results.getByText('$.version: expected 4, got 3').waitFor()
    for (const words of ['Down', 'HTTP 200', 'First byte']) await results.getByText(words).first().waitFor()
    await page.getByLabel('Target').fill('3')
    await page.getByRole('button', { name: 'Run test' }).click()
    await results.getByText('Up', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save monitor' }).click()
    await page.waitForURL(/\/monitors\/mon_[a-z0-9]{16}$/)
    const id = page.url().slice(-20)
    const made = await api.getMonitor(id)
    assert.ok(made.type === 'API')
    assert.deepEqual(
      [made.interval, made.assertions],
      [60, [{ source: 'json', path: '$.version', comparison: 'equals', target: 3 }]],
    )

    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Name').fill('Orders API')
    await page.getByText('Tags and notes').click()
    await page.getByLabel('Tags').fill('shop\nproduction')
    await page.getByRole('button', { name: 'Save monitor' }).click()
    await page.getByRole('heading', { name: 'Orders API' }).waitFor()
    const changed = await api.getMonitor(id)
    assert.deepEqual([changed.name, changed.tags, changed.interval], ['Orders API', ['shop', 'production'], 60])

    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    await page.locator('.page-head .status-paused').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()

    await page.getByRole('button', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: /Orders API/ })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete monitor' }).click()
    await page.waitForURL(`${server.url}/monitors`)
    await assert.rejects(api.getMonitor(id), { status: 404 })
  })

  test('an incident is acknowledged, told of and resolved', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await api.createIncident({ title: 'Cards are declined', severity: 'HIGH' })
    await page.getByRole('link', { name: /^Incidents/ }).click()
    await page.getByRole('link', { name: 'Cards are declined' }).click()
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('acknowledged', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Add update' }).click()
    assert.equal(await waitForInvalid(page, 'Message'), 'true')
    await page.getByLabel('Message').fill('The bank looks into it.')
    await page.getByRole('button', { name: 'Add update' }).click()
    await page.getByRole('listitem').getByText('The bank looks into it.').waitFor()
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.getByRole('button', { name: 'Resolve' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /^Incidents/ }).click()
    await page.getByText('No incident is active').waitFor()
    await page.getByRole('button', { name: 'Resolved' }).click()
    await page.getByRole('link', { name: 'Cards are declined' }).waitFor()
  })

  test('all of it goes by keyboard: into the list, through it, to a monitor', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    for (const name of ['Alpha', 'Beta', 'Gamma'])
      await api.send('POST', '/monitors', { body: { name, url: `${peer.url}/` }, options: {} })
    await page.goto(`${server.url}/monitors`)
    await page.getByRole('link', { name: 'Gamma' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('a')
    assert.equal(await focusedName(page), 'Search monitors')
    await page.getByRole('link', { name: 'Alpha' }).focus()
    await page.keyboard.press('ArrowDown')
    assert.equal(await focusedName(page), 'Beta')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Beta' }).waitFor()

    await page.goto(`${server.url}/monitors`)
    await page.getByRole('link', { name: 'Beta' }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await focusedName(page), 'Skip to the content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await focusedName(page), 'Create monitor')
    await page.keyboard.press('Enter')
    await page.getByLabel('Name').focus()
    await page.keyboard.type('Delta')
    await page.getByLabel('URL').focus()
    await page.keyboard.type(`${peer.url}/`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Delta' }).waitFor()
    await page.getByRole('button', { name: 'Delete' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    // The dialog gives the focus back a moment after it is gone.
    await page.locator('button:focus', { hasText: 'Delete' }).waitFor()
  })

  test('a search finds by name, address and tag; a filter by status says what it hides', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await api.send('POST', '/monitors', {
      body: { name: 'Needle', url: `${peer.url}/hay`, tags: ['barn'] },
      options: {},
    })
    await page.goto(`${server.url}/monitors`)
    const box = page.getByRole('searchbox', { name: 'Search monitors' })
    for (const words of ['need', 'HAY', 'barn needle']) {
      await box.fill(words)
      await page.getByText('1 monitor', { exact: true }).waitFor({ state: 'attached' })
      assert.equal(await page.getByRole('link', { name: 'Needle' }).count(), 1, words)
    }
    await box.fill('nothing of the kind')
    await page.getByText('No monitor matches').waitFor()
  })

  test('a viewer sees everything and is offered nothing that is refused', async (t) => {
    if (browser === null) return t.skip('no browser runs on this machine; TEST_BROWSER may name one')
    const monitor: { id: string } = await api.send('POST', '/monitors', {
      body: { name: 'Seen', url: `${peer.url}/` },
      options: {},
    })
    const { page, complaints } = await watchedPage(browser, server.url)
    // As the API answers a viewer.
    await page.route('**/api/v1/auth/session', async (route) => {
      const answer = await route.fetch()
      const current: { account: object } = await answer.json()
      const account = { ...current.account, role: 'VIEWER' }
      await route.fulfill({ response: answer, json: { ...current, account, permissions: ['read'] } })
    })
    await logIn(page, server.url)
    for (const path of ['/', '/monitors', `/monitors/${monitor.id}`, '/settings/integrations/api-access']) {
      await page.goto(server.url + path)
      await page.locator('h1').waitFor()
      const offered = await page.locator('main button, main a').allInnerTexts()
      const refused = /^(Create.*|Pause|Edit|Delete|Check now|Revoke|Acknowledge|Resolve)$/
      assert.deepEqual(
        offered.filter((text) => refused.test(text)),
        [],
        path,
      )
    }
    assert.deepEqual(complaints, [])
  })

  test('a lost connection is said, and taken back when it is there again', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await page.context().setOffline(true)
    await page.getByText('The server can’t be reached').waitFor()
    await page.context().setOffline(false)
    await page.getByText('The server can’t be reached').waitFor({ state: 'detached' })
  })

  test('German is chosen and stays', async (t) => {
    const page = await ownersPage(t)
    if (page === null) return
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('heading', { name: 'Übersicht' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'de')
    await page.getByLabel('Farben').selectOption('dark')
    assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark')
  })
})

/** Whether a field is marked as wrong, once it is. */
async function waitForInvalid(page: Page, label: string): Promise<string | null> {
  const field = page.getByLabel(label)
  await page.locator('[aria-invalid="true"]').first().waitFor()
  return await field.getAttribute('aria-invalid')
}

async function textOfIds(page: Page, ids: string): Promise<string> {
  const texts = ids.split(/\s+/).map((id) => page.locator(`[id="${id}"]`).textContent())
  return (await Promise.all(texts)).join(' ')
}

/** What a person hears of the element that has the focus. */
async function focusedName(page: Page): Promise<string> {
  return String(
    await page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText'),
  )
}
