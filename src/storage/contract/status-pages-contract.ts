import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../port.ts'
import type { StatusPage } from '../status-pages.ts'
import { batch, monitorOf, newAccount, START_MS, unique, watched } from './builders.ts'
import type { OpenFor } from './harness.ts'

const FIRST = { limit: 10, offset: 0 }

/** Status pages and the monitors on them. */
export function statusPagesContract(open: OpenFor): void {
  test('a status page comes back as it was stored, also after a restart', async (t) => {
    const { store, reopen } = await open(t)
    const { account, monitor } = await watched(store)
    const page = pageOf(account.id, {
      customDomain: unique('domain'),
      description: 'Zwei\nZeilen — „so“',
      theme: 'dark',
      timezone: 'Europe/Berlin',
      groups: [{ name: 'API', description: null, isCollapsed: true }],
      components: [{ monitorId: monitor.id, displayName: 'Shop', group: 'API', showResponseTime: true }],
    })
    assert.equal(await store.statusPages.create(page), null)
    assert.deepEqual(await store.statusPages.get(account.id, page.id), page)
    const again = await reopen()
    assert.deepEqual(await again.statusPages.get(account.id, page.id), page)
    const { groups, components, description, companyName, theme, brandColor, logoUrl, faviconUrl, timezone, ...row } =
      page
    assert.deepEqual(await again.statusPages.list(account.id, FIRST), {
      rows: [{ ...row, monitorCount: 1 }],
      count: 1,
    })
  })

  test('pages are listed newest first, each once, and counted per account', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const pages = [0, 1, 1, 3].map((n) => pageOf(account.id, { createdAtMs: START_MS + n }))
    for (const page of pages) await store.statusPages.create(page)
    await store.statusPages.create(pageOf((await newAccount(store)).id))
    const expected = pages
      .toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id)
    const seen = []
    for (const offset of [0, 3]) {
      const { rows, count } = await store.statusPages.list(account.id, { limit: 3, offset })
      assert.equal(count, 4)
      seen.push(...rows.map(({ id }) => id))
    }
    assert.deepEqual(seen, expected)
    assert.equal(await store.statusPages.count(account.id), 4)
  })

  test('a slug and a domain belong to one page of all accounts, and what is refused changes nothing', async (t) => {
    const { store } = await open(t)
    const [one, two] = [await newAccount(store), await newAccount(store)]
    const first = pageOf(one.id, { customDomain: unique('domain') })
    await store.statusPages.create(first)
    assert.equal(await store.statusPages.create(pageOf(two.id, { slug: first.slug })), 'slug')
    assert.equal(await store.statusPages.create(pageOf(two.id, { customDomain: first.customDomain })), 'customDomain')
    assert.equal(await store.statusPages.count(two.id), 0)
    const second = pageOf(two.id)
    await store.statusPages.create(second)
    assert.equal(await store.statusPages.update({ ...second, name: 'x', slug: first.slug }), 'slug')
    assert.equal(await store.statusPages.update({ ...second, customDomain: first.customDomain }), 'customDomain')
    assert.deepEqual(await store.statusPages.get(two.id, second.id), second)
    assert.equal(await store.statusPages.update({ ...first, name: 'Same addresses' }), null)
    await store.statusPages.delete(one.id, first.id)
    assert.equal(await store.statusPages.update({ ...second, slug: first.slug }), null)
  })

  test('a change replaces all of a page, the order of its monitors too', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const others = await addMonitors(store, account.id, 250)
    const component = (monitorId: string) => ({ monitorId, displayName: null, group: null, showResponseTime: false })
    const page = pageOf(account.id, { components: [monitor.id, ...others].map(component) })
    await store.statusPages.create(page)
    assert.deepEqual(await store.statusPages.get(account.id, page.id), page)
    const changed = { ...page, name: 'New', components: others.toReversed().map(component), updatedAtMs: START_MS + 1 }
    assert.equal(await store.statusPages.update(changed), null)
    assert.deepEqual(await store.statusPages.get(account.id, page.id), changed)
  })

  test('a deleted monitor leaves its pages, and one of another account never comes on one', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const [kept = ''] = await addMonitors(store, account.id, 1)
    const foreign = (await watched(store)).monitor
    const components = [monitor.id, foreign.id, kept, 'mon_aaaaaaaaaaaaaaaa'].map((monitorId) => ({
      monitorId,
      displayName: null,
      group: null,
      showResponseTime: false,
    }))
    const page = pageOf(account.id, { components })
    await store.statusPages.create(page)
    const shown = async () =>
      (await store.statusPages.get(account.id, page.id))?.components.map(({ monitorId }) => monitorId)
    assert.deepEqual(await shown(), [monitor.id, kept])
    await store.commit(batch({ monitors: { created: [], changed: [], deleted: [monitor.id] } }))
    assert.deepEqual(await shown(), [kept])
    assert.equal((await store.statusPages.list(account.id, FIRST)).rows[0]?.monitorCount, 1)
  })

  test("another account's page can be neither read, changed nor deleted", async (t) => {
    const { store } = await open(t)
    const [owner, other] = [await newAccount(store), await newAccount(store)]
    const page = pageOf(owner.id)
    await store.statusPages.create(page)
    assert.equal(await store.statusPages.get(other.id, page.id), null)
    assert.equal(await store.statusPages.update({ ...page, accountId: other.id, name: 'Mine' }), 'unknown')
    assert.equal(await store.statusPages.delete(other.id, page.id), false)
    assert.deepEqual(await store.statusPages.get(owner.id, page.id), page)
    assert.equal(await store.statusPages.delete(owner.id, page.id), true)
    assert.equal(await store.statusPages.delete(owner.id, page.id), false)
  })
}

async function addMonitors(store: Store, accountId: string, count: number): Promise<string[]> {
  const created = []
  for (let n = 0; n < count; n++) created.push(await monitorOf(store, accountId))
  await store.commit(batch({ monitors: { created, changed: [], deleted: [] } }))
  return created.map(({ id }) => id)
}

function pageOf(accountId: string, parts: Partial<StatusPage> = {}): StatusPage {
  return {
    id: unique('sp'),
    accountId,
    name: 'Status',
    slug: unique('slug'),
    customDomain: null,
    isPublic: true,
    description: null,
    companyName: null,
    theme: 'system',
    brandColor: null,
    logoUrl: null,
    faviconUrl: null,
    timezone: null,
    groups: [],
    components: [],
    createdAtMs: START_MS,
    updatedAtMs: START_MS,
    ...parts,
  }
}
