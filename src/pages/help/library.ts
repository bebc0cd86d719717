import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { type Heading, renderMarkdown } from './markdown.ts'

const EXCERPT_MAX = 160
/** For guides that say nothing about themselves. */
const LAST = 1_000
const CATEGORY = 'More'

/** One guide of the help centre. */
export interface Guide {
  /** The name of its file, without the folder. */
  file: string
  slug: string
  title: string
  excerpt: string
  category: string
  order: number
  html: string
  headings: Heading[]
}

/** Where the guide of a slug is. */
export function addressOfSlug(slug: string): string {
  return `/help/knowledge-base/${slug}`
}

/** Reads and renders every guide of a folder, in the order in which they are read. */
export async function readLibrary(folder: string): Promise<Guide[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'))
  const sources = await Promise.all(
    names.map(async (file) => ({ file, ...readFrontMatter(await readFile(join(folder, file), 'utf8')) })),
  )
  const slugs = new Map(sources.map((source) => [source.file, slugOf(source)]))
  const guides: Guide[] = []
  for (const source of sources) {
    guides.push(guideOf(source, slugs))
    // Other requests are not kept waiting until all are rendered.
    await setImmediate()
  }
  return guides.sort((a, b) => a.order - b.order || (a.file < b.file ? -1 : 1))
}

function guideOf(source: FrontMatter & { file: string }, slugs: ReadonlyMap<string, string>): Guide {
  const { file, fields, text } = source
  const { title, opening, html, headings } = renderMarkdown(text, (target) => addressOf(target, slugs))
  const { excerpt = shortened(opening), category = CATEGORY, order = LAST } = fields
  return { file, slug: slugOf(source), title, excerpt, category, order: Number(order), html, headings }
}

function slugOf({ file, fields }: FrontMatter & { file: string }): string {
  return fields['slug'] ?? file.slice(0, -'.md'.length)
}

/** Where a link of a guide leads in the help centre; null when that is in the repository only. */
function addressOf(target: string, slugs: ReadonlyMap<string, string>): string | null {
  if (/^(https?:\/\/|mailto:|#)/.test(target)) return target
  const [, file = '', anchor = ''] = /^([^#/]+\.md)(#.*)?$/.exec(target) ?? []
  const slug = slugs.get(file)
  return slug === undefined ? null : `${addressOfSlug(slug)}${anchor}`
}

function shortened(text: string): string {
  const line = text.replaceAll('\n', ' ')
  return line.length <= EXCERPT_MAX ? line : `${line.slice(0, line.lastIndexOf(' ', EXCERPT_MAX))} …`
}
