import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { renderMarkdown } from './markdown.ts'

const render = (source: string) => renderMarkdown(source, (target) => (target.startsWith('http') ? target : null))

test('the first heading is the title, the first paragraph the opening, the rest the page', () => {
  const { title, opening, html } = render('# A `b` *c*\n\nSome [words](https://x.example).\n\n## D\n')
  assert.equal(title, 'A b c')
  assert.equal(opening, 'Some words.')
  assert.doesNotMatch(html, /<h1/)
  assert.match(html, /^<p>Some <a href="https:\/\/x.example">words<\/a>.<\/p>\n<h2 id="d">D /)
})

test('HTML shows as text, and comments vanish', () => {
  const { html } = render('<!-- table: x -->\n| a |\n|---|\n| b <b>c</b> |\n<!-- end -->\n\n<script>d()</script>\n')
  assert.match(html, /<td>b &lt;b&gt;c&lt;\/b&gt;<\/td>/)
  assert.match(html, /&lt;script&gt;d\(\)&lt;\/script&gt;/)
  assert.doesNotMatch(html, /<!--|<script|<b>/)
})

test('what follows a comment in the same block of HTML is not lost, and not let through', () => {
  const { html } = render('<!-- a --> <img src=x onerror=y()>\n')
  assert.doesNotMatch(html, /<img/)
  assert.match(html, /&lt;img src=x/)
})

test('a link that leads nowhere keeps its words', () => {
  assert.equal(render('[a <b>](javascript:alert(1)) ![c](d.png)\n').html, '<p>a &lt;b&gt; c</p>\n')
})

test('code is shown as it is, with its language', () => {
  const { html } = render('```js "x\nif (a < b && c) d("</code>")\n```\n')
  assert.equal(
    html,
    '<pre tabindex="0"><code class="language-js">if (a &lt; b &amp;&amp; c) d(&quot;&lt;/code&gt;&quot;)\n</code></pre>\n',
  )
})

test('a table without a head has none, and an empty corner heads nothing', () => {
  assert.match(render('| | d |\n|---|---|\n| a | b |\n').html, /<thead>\n<tr><td><\/td><th>d<\/th><\/tr>/)
  assert.doesNotMatch(render('| | |\n|---|---|\n| a | b |\n').html, /<thead>/)
  assert.match(render('| c | d |\n|---|---|\n| a | b |\n').html, /<thead>\n<tr><th>c<\/th><th>d<\/th><\/tr>/)
})

test('headings are listed with their anchors, counted after the title as on GitHub', () => {
  const { headings, html } = render('# Tries\n\n## Tries\n\n### `x` <b>y</b>\n')
  assert.deepEqual(headings, [
    { depth: 2, text: 'Tries', anchor: 'tries-1' },
    { depth: 3, text: 'x y', anchor: 'x-y' },
  ])
  assert.match(html, /<h2 id="tries-1">/)
})

test('no Markdown makes a tag that we do not make', () => {
  const ours = new Set(
    'a blockquote br code del div em h1 h2 h3 h4 h5 h6 hr input li ol p pre strong table tbody td th thead tr ul'.split(
      ' ',
    ),
  )
  const hostile = fc.constantFrom(
    '<script>x</script>',
    '<img src=x onerror=y>',
    '<!-- -->',
    '<!--',
    '<a href="javascript:x">',
    '](',
    '[a]',
    '`',
    '|',
    '|---|',
    '# ',
    '> ',
    '\n',
    '\n\n',
    '    ',
    '<svg/onload=x>',
    '&lt;',
    '"',
    "'",
    '\\',
  )
  const source = fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 30 })
  fc.assert(
    fc.property(source, (parts) => {
      const { html } = renderMarkdown(parts.join(''), (target) => target)
      for (const [, name = ''] of html.matchAll(/<\/?([^\s>/]*)/g)) assert.ok(ours.has(name), html)
      for (const [tag] of html.matchAll(/<[^>]*>/g)) assert.doesNotMatch(tag, /\son\w+=(?=[^"]*$)/, html)
    }),
    { numRuns: 2_000 },
  )
})
