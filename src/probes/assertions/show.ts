import type { ExactJson } from './exact-json.ts'
import { ExactNumber } from './exact-number.ts'
import { isMembers, isNumber } from './json-equal.ts'

const SHOWN_MAX = 200
const DEPTH_MAX = 5

/** The value as JSON, cut at 200 characters, whatever its size. */
export function show(value: ExactJson): string {
  return cut(write(value, 0), SHOWN_MAX)
}

/** What a value is, in JSON's words. */
export function typeName(value: ExactJson): string {
  if (value === null) return 'null'
  if (isNumber(value)) return 'number'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'object' ? 'object' : typeof value
}

/** At most `max` characters, with … where something is missing, and no half of a character. */
export function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1).toWellFormed()}…` : text
}

/** Writes no more than could be shown. */
function write(value: ExactJson, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, SHOWN_MAX))
  if (value instanceof ExactNumber) return cut(value.text, SHOWN_MAX)
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth === DEPTH_MAX) return '…'
  if (Array.isArray(value)) return `[${list(value, (item) => write(item, depth + 1))}]`
  if (!isMembers(value)) return ''
  return `{${list(Object.entries(value), ([name, item]) => `${write(name, depth)}:${write(item, depth + 1)}`)}}`
}

function list<Item>(items: readonly Item[], writeOne: (item: Item) => string): string {
  let text = ''
  for (const item of items) {
    if (text !== '') text += ','
    text += writeOne(item)
    if (text.length > SHOWN_MAX) return text
  }
  return text
}
