import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const GUIDE = join(ROOT, 'docs/guide')
const REFERENCE = join(ROOT, '../shared/spec/api-reference-guide.md')

/** For tests of samples that stand in the reference document, which not everybody has. */
export const NO_REFERENCE = existsSync(REFERENCE) ? false : 'the reference document is not beside this checkout'

/** A code block as a document prints it, and where it stands. */
export interface Block {
  heading: string
  language: string
  text: string
}

/** The reference document's text. */
export function referenceText(): string {
  return readFileSync(REFERENCE, 'utf8')
}

/** The code block in this language under a heading of the reference; `index` counts those that are alike. */
export function referenceBlock(heading: string, language: string, index = 0): string {
  return blockIn(blocksOf(referenceText()), { heading, language, index })
}

/** The same of our own guide, its page on the API unless another one is named. */
export function guideBlock(heading: string, language: string, { index = 0, page = 'api.md' } = {}): string {
  return blockIn(guideBlocks(page), { heading, language, index })
}

/** Every code block of a page of the guide. */
export function guideBlocks(page: string): Block[] {
  return blocksOf(readFileSync(join(GUIDE, page), 'utf8'))
}

/** The names of the files of the guide. */
export function guidePages(): string[] {
  return readdirSync(GUIDE).filter((name) => name.endsWith('.md'))
}

/** The reference's sample with nothing changed but host and key. */
export function withHostAndKey(sample: string, { url, key }: { url: string; key: string }): string {
  return sample.replaceAll('https://statusapp.io', url).replaceAll('sk_live_abc123xyz...', key)
}

/** Every code block of a document, under the nearest heading before it. */
function blocksOf(document: string): Block[] {
  let heading = ''
  const blocks: Block[] = []
  for (const part of document.matchAll(/^#{1,6} (.+)$|^```([a-z]*)\n([\s\S]*?)^```$/gm)) {
    const [, title, language = '', text = ''] = part
    if (title === undefined) blocks.push({ heading, language, text })
    else heading = title
  }
  return blocks
}

function blockIn(blocks: Block[], { heading, language, index }: Omit<Block, 'text'> & { index: number }): string {
  const found = blocks.filter((block) => block.heading === heading && block.language === language)[index]
  assert.ok(found !== undefined, `there is no ${language} block ${index} under "${heading}"`)
  return found.text
}
