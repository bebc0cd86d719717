import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import { addressOfSlug, type Guide, readLibrary } from './library.ts'

const GUIDES = join(import.meta.dirname, '../../../docs/guide')

async function libraryOf(t: TestContext, files: { [name: string]: string }): Promise<Guide[]> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-help-'))
  t.after(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return readLibrary(folder)
}

test('guides come in the order that they ask for, then by name, those that ask for none last', async (t) => {
  const guides = await libraryOf(t, {
    'a.md': '# A\n',
    'b.md': '<!--\norder: 2\n-->\n# B\n',
    'c.md': '<!--\norder: 1\nslug: the-c\ncategory: First\nexcerpt: About c.\n-->\n# C\n',
    'notes.txt': 'no guide',
  })
  assert.deepEqual(
    guides.map(({ slug }) => slug),
    ['the-c', 'b', 'a'],
  )
  const [first] = guides
  assert.deepEqual([first?.title, first?.category, first?.excerpt], ['C', 'First', 'About c.'])
})

test('a guide without an excerpt is told by its opening, cut between words', async (t) => {
  const [guide] = await libraryOf(t, { 'a.md': `# A\n\n${'word '.repeat(100)}\n` })
  assert.match(guide?.excerpt ?? '', /^(word )+…$/)
  assert.ok((guide?.excerpt.length ?? 0) <= 163)
})

test('links between guides lead to their pages, others that the help centre lacks are words', async (t) => {
  const text = '# A\n\n[b](b.md#x) [c](c.md) [up](../README.md) [out](https://x.example) [here](#y)\n'
  const [a] = await libraryOf(t, { 'a.md': text, 'b.md': '<!--\nslug: the-b\n-->\n# B\n' })
  assert.match(a?.html ?? '', /<a href="\/help\/knowledge-base\/the-b#x">b<\/a> c up <a href="https:\/\/x.example">out/)
})

suite('the guide itself', () => {
  test('has the pages that documents of users link to', async () => {
    const slugs = (await readLibrary(GUIDES)).map(({ slug }) => slug)
    for (const slug of [
      'getting-started-with-statusapp',
      'monitor-types-overview',
      'notification-channels-overview',
      'team-collaboration',
      'api-reference-guide',
    ])
      assert.ok(slugs.includes(slug), slug)
  })

  test('has a title, an excerpt and an address of its own for each page', async () => {
    const guides = await readLibrary(GUIDES)
    assert.ok(guides.length >= 8)
    assert.equal(new Set(guides.map(({ slug }) => slug)).size, guides.length)
    for (const { file, slug, title, excerpt, order, html } of guides) {
      assert.match(slug, /^[a-z0-9-]+$/, file)
      assert.ok(title !== '' && excerpt !== '' && Number.isFinite(order) && html.length > 200, file)
    }
  })

  test('has no link that leads nowhere, to a page or to a section', async () => {
    const guides = await readLibrary(GUIDES)
    const places = new Set(
      guides.flatMap(({ slug, headings }) => [
        addressOfSlug(slug),
        ...headings.map(({ anchor }) => `${addressOfSlug(slug)}#${anchor}`),
      ]),
    )
    for (const { file, slug, html } of guides) {
      for (const [, href = ''] of html.matchAll(/<a href="([^"]+)"/g)) {
        const target = href.startsWith('#') ? `${addressOfSlug(slug)}${href}` : href
        if (target.startsWith('/help/')) assert.ok(places.has(target), `${file}: ${target}`)
      }
      // A link to a file that the help centre lacks would lose its target there.
      const source = await readFile(join(GUIDES, file), 'utf8')
      assert.doesNotMatch(source, /\]\((?!https?:|mailto:|#|[a-z-]+\.md[)#])/, file)
    }
  })
})
