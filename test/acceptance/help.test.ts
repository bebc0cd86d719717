import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { openBrowser } from './browser.ts'
import { NO_REFERENCE, referenceText } from './samples/document.ts'
import { Installation, type RunningServer } from './server.ts'

/** How wide a page is, and its colours; text, since the types of pages are not those of the server. */
const LOOK = `({
  wide: document.documentElement.scrollWidth,
  back: getComputedStyle(document.body).backgroundColor,
  text: getComputedStyle(document.body).color,
})`

suite('the help centre', () => {
  let installation: Installation
  let server: RunningServer

  before(async () => {
    installation = await Installation.make()
    server = await installation.serve()
  })
  after(() => installation.remove())

  const read = async (path: string) => {
    const response = await fetch(`${server.url}${path}`)
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }

  test('every help page that the reference links to is there', { skip: NO_REFERENCE }, async () => {
    const paths = [...referenceText().matchAll(/\]\((\/help\/[^)]+)\)/g)].map(([, path = '']) => path)
    assert.equal(paths.length, 4)
    for (const path of paths) {
      const { status, type, text } = await read(path)
      assert.deepEqual([status, type], [200, 'text/html; charset=utf-8'], path)
      assert.match(text, /<h1>[^<]+<\/h1>/)
    }
  })

  test("the API guide is at the reference's slug, needs no key, and tells of every topic", async () => {
    const { status, text } = await read('/help/knowledge-base/api-reference-guide')
    assert.equal(status, 200)
    for (const topic of [
      'Authentication',
      'Rate limits',
      'Monitors',
      'Heartbeats',
      'Incidents',
      'Status pages',
      'Health',
      'Errors',
      'Node.js',
      'Python',
      'cURL',
      'Go',
      'Webhooks',
      'When something does not work',
    ])
      assert.match(text, new RegExp(`<h[23] id="[^"]+">${topic}`), topic)
  })

  test('every link of every page leads somewhere on this server', async () => {
    const { text } = await read('/help')
    const pages = new Set([...text.matchAll(/href="(\/help\/knowledge-base\/[^"#]+)"/g)].map(([, path = '']) => path))
    assert.ok(pages.size >= 9)
    const targets = new Set<string>()
    for (const page of pages) {
      for (const [, href = ''] of (await read(page)).text.matchAll(/href="(\/[^"#]*)/g)) targets.add(href)
    }
    for (const target of targets) assert.equal((await read(target)).status, 200, target)
  })

  test('an unknown page is a 404 in HTML that lists the guides, and nothing can be posted', async () => {
    const { status, type, text } = await read('/help/knowledge-base/nothing')
    assert.deepEqual([status, type], [404, 'text/html; charset=utf-8'])
    assert.match(text, /api-reference-guide/)
    const post = await fetch(`${server.url}/help`, { method: 'POST' })
    assert.equal(post.status, 405)
  })

  test('pages are readable in light and dark, fit a phone, and load nothing from elsewhere', async (t) => {
    const browser = await openBrowser(t)
    if (browser === null) return t.skip('no browser runs on this machine; TEST_BROWSER may name one')
    const backs: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [375, 1_280]) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } })
        const complaints: string[] = []
        page.on('console', (message) => complaints.push(message.text()))
        page.on('request', (request) => {
          if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
            complaints.push(request.url())
        })
        for (const slug of ['api-reference-guide', 'monitor-types-overview', 'team-collaboration']) {
          await page.goto(`${server.url}/help/knowledge-base/${slug}`)
          const seen: { wide: number; back: string; text: string } = await page.evaluate(LOOK)
          assert.equal(seen.wide, width, `${slug} scrolls sideways at ${width}`)
          assert.ok(contrast(seen.back, seen.text) > 7, `${slug}, ${colorScheme}: ${seen.text} on ${seen.back}`)
          backs.push(seen.back)
        }
        assert.deepEqual(complaints, [])
        await page.close()
      }
    }
    assert.equal(new Set(backs).size, 2, 'dark is another colour than light')
  })
})

/** The contrast ratio of WCAG between two colours of the form `rgb(r, g, b)`. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
