import { Marked, type Token, type Tokens } from 'marked'
import { escapeHtml } from '../escape-html.ts'
import { anchors } from './anchors.ts'

export interface Heading {
  depth: number
  text: string
  anchor: string
}

/** A guide as a page shows it. */
export interface Rendered {
  /** What the first heading says. */
  title: string
  /** The first paragraph, as plain text. */
  opening: string
  /** Everything below the title. */
  html: string
  headings: Heading[]
}

/**
 * Renders Markdown (CommonMark with tables). HTML in it does not get through: comments vanish, the rest shows as text.
 * `addressOf` says where a link leads; null leaves its words as they are.
 */
export function renderMarkdown(source: string, addressOf: (target: string) => string | null): Rendered {
  const anchorOf = anchors()
  const headings: Heading[] = []
  const marked = new Marked({
    gfm: true,
    renderer: {
      html: ({ text }) => (/^\s*<!--[\s\S]*?-->\s*$/.test(text) ? '' : escapeHtml(text)),
      image: ({ text }) => escapeHtml(text),
      code({ text, lang }) {
        const language = /^[a-z]+/.exec(lang ?? '')?.[0]
        const name = language === undefined ? '' : ` class="language-${language}"`
        // It scrolls sideways, so the keyboard must reach it.
        return `<pre tabindex="0"><code${name}>${escapeHtml(text)}\n</code></pre>\n`
      },
      heading({ tokens, depth }) {
        const text = plainText(tokens)
        const anchor = anchorOf(text)
        headings.push({ depth, text, anchor })
        const link = `<a class="anchor" href="#${escapeHtml(anchor)}" aria-label="Link to ${escapeHtml(text)}">#</a>`
        return `<h${depth} id="${escapeHtml(anchor)}">${this.parser.parseInline(tokens)} ${link}</h${depth}>\n`
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens)
        const address = addressOf(href)
        return address === null ? words : `<a href="${escapeHtml(address)}">${words}</a>`
      },
      table({ header, rows }) {
        const cell = ({ text, tokens, header }: Tokens.TableCell) => {
          // An empty corner heads nothing.
          const tag = header && text !== '' ? 'th' : 'td'
          return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`
        }
        const row = (cells: Tokens.TableCell[]) => `<tr>${cells.map(cell).join('')}</tr>\n`
        const head = header.some(({ text }) => text !== '') ? `<thead>\n${row(header)}</thead>\n` : ''
        const body = rows.map(row).join('')
        return `<div class="table" tabindex="0"><table>\n${head}<tbody>\n${body}</tbody>\n</table></div>\n`
      },
    },
  })
  const tokens = marked.lexer(source)
  const title = tokens.find((token): token is Tokens.Heading => token.type === 'heading' && token.depth === 1)
  const opening = tokens.find((token): token is Tokens.Paragraph => token.type === 'paragraph')
  // The title counts among the anchors, as it does for GitHub.
  const titleText = title === undefined ? '' : plainText(title.tokens)
  if (title !== undefined) anchorOf(titleText)
  const html = marked.parser(tokens.filter((token) => token !== title))
  return { title: titleText, opening: plainText(opening?.tokens ?? []), html, headings }
}

function plainText(tokens: Token[]): string {
  return tokens.map(textOf).join('')
}

function textOf(token: Token): string {
  if (token.type === 'html') return ''
  if ('tokens' in token && token.tokens !== undefined) return plainText(token.tokens)
  return 'text' in token ? String(token.text) : ''
}
