import { escapeHtml } from '../escape-html.ts'
import { addressOfSlug, type Guide } from './library.ts'
import type { Heading } from './markdown.ts'

/** What every page of the help centre is made of. */
export interface Layout {
  guides: readonly Guide[]
  stylesheet: string
}

/** The page of one guide, with what comes before and after it. */
export function guidePage(guide: Guide, layout: Layout): string {
  const { title, excerpt, html } = guide
  const headings = guide.headings.filter(({ depth }) => depth === 2 || depth === 3)
  const contents = headings.length < 2 ? '' : contentsOf(headings)
  const body = `<article>
<h1>${escapeHtml(title)}</h1>
${contents === '' ? '' : `<details class="contents"><summary>On this page</summary>${contents}</details>`}
${html}</article>
${neighbours(guide, layout.guides)}`
  const aside =
    contents === '' ? '' : `<nav class="contents" aria-label="On this page"><h2>On this page</h2>${contents}</nav>`
  return frame({ title, description: excerpt, body, aside, current: guide, layout })
}

/** The list of all guides. */
export function indexPage(layout: Layout): string {
  const body = `<h1>Help</h1>\n${cards(layout.guides)}`
  return frame({ title: 'Help', description: 'Guides to StatusApp.', body, layout })
}

/** For an address that there is no guide at: says so, and shows those that there are. */
export function notFoundPage(layout: Layout): string {
  const body = `<h1>There is no such page</h1>
<p>It may have moved. These are the guides that there are:</p>
${cards(layout.guides)}`
  return frame({ title: 'Not found', description: 'There is no such page.', body, layout })
}

function frame(page: {
  title: string
  description: string
  body: string
  aside?: string
  current?: Guide
  layout: Layout
}): string {
  const { title, description, body, aside = '', current, layout } = page
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)} – StatusApp help</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${layout.stylesheet}">
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header><a class="brand" href="/help/knowledge-base">StatusApp <span>Help</span></a> <a href="/docs/api">API reference</a></header>
<div class="columns">
<main id="text" tabindex="-1">
${body}
</main>
<nav class="guides" aria-label="Guides">
${byCategory(layout.guides)
  .map(
    ([category, guides]) =>
      `<h2>${escapeHtml(category)}</h2>\n<ul>${guides.map((each) => item(each, current)).join('')}</ul>`,
  )
  .join('\n')}
</nav>
${aside}
</div>
</body>
</html>
`
}

function item(guide: Guide, current: Guide | undefined): string {
  const here = guide === current ? ' aria-current="page"' : ''
  return `<li>${link(guide, here)}</li>`
}

function link({ slug, title }: Guide, attributes = ''): string {
  return `<a href="${escapeHtml(addressOfSlug(slug))}"${attributes}>${escapeHtml(title)}</a>`
}

function cards(guides: readonly Guide[]): string {
  return byCategory(guides)
    .map(([category, among]) => {
      const items = among.map((guide) => `<li>${link(guide)}<p>${escapeHtml(guide.excerpt)}</p></li>`)
      return `<section><h2>${escapeHtml(category)}</h2>\n<ul class="cards">\n${items.join('\n')}\n</ul></section>`
    })
    .join('\n')
}

/** The categories in the order of their first guides. */
function byCategory(guides: readonly Guide[]): [string, Guide[]][] {
  return [...Map.groupBy(guides, ({ category }) => category)]
}

function contentsOf(headings: Heading[]): string {
  const items = headings.map(
    ({ depth, text, anchor }) =>
      `<li class="depth-${depth}"><a href="#${escapeHtml(anchor)}">${escapeHtml(text)}</a></li>`,
  )
  return `<ol>${items.join('')}</ol>`
}

function neighbours(guide: Guide, guides: readonly Guide[]): string {
  const at = guides.indexOf(guide)
  const before = at > 0 ? guides[at - 1] : undefined
  const after = guides[at + 1]
  const previous = before === undefined ? '<span></span>' : `<div>Previous<br>${link(before, ' rel="prev"')}</div>`
  const next = after === undefined ? '' : `<div class="next">Next<br>${link(after, ' rel="next"')}</div>`
  return `<nav class="neighbours" aria-label="Previous and next">${previous}${next}</nav>`
}
