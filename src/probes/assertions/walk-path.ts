import type { ExactJson } from './exact-json.ts'
import { holds } from './filter.ts'
import { isMembers } from './json-equal.ts'
import type { JsonPath, Segment, Selector } from './path-syntax.ts'
import type { Work } from './work.ts'

/** A value and the way to it. */
export interface Node {
  value: ExactJson
  parent: Node | null
  key: string | number
}

/** Called with each value found; false ends the search. */
export type Visit = (node: Node) => boolean

/** What stays the same during a search. */
export interface Search {
  root: ExactJson
  work: Work
}

/** Visits what a path finds, in the order of RFC 9535. Throws `TooMuchWorkError`. */
export function walkPath(path: JsonPath, root: ExactJson, work: Work, visit: Visit): void {
  walk({ value: root, parent: null, key: '' }, path.segments, 0, { root, work }, visit)
}

/** Visits what the segments from `at` on find from a node. False when a visit ended it. */
export function walk(node: Node, segments: readonly Segment[], at: number, search: Search, visit: Visit): boolean {
  const segment = segments[at]
  if (segment === undefined) return visit(node)
  const onward: Visit = (found) => {
    search.work.spend(1)
    return walk(found, segments, at + 1, search, visit)
  }
  const select = (from: Node) => segment.selectors.every((selector) => selectFrom(from, selector, search, onward))
  return segment.descends ? descend(node, search, select) : select(node)
}

/** The node and all below it, parents first. The way down is kept here and not on the stack: bodies nest deeply. */
function descend(node: Node, { work }: Search, visit: Visit): boolean {
  const open: Iterator<Node>[] = []
  for (let next: Node | undefined = node; next !== undefined; ) {
    work.spend(1)
    if (!visit(next)) return false
    if (typeof next.value === 'object' && next.value !== null) open.push(children(next, work))
    next = undefined
    while (next === undefined && open.length > 0) {
      const step: IteratorResult<Node> | undefined = open.at(-1)?.next()
      if (step === undefined || step.done === true) open.pop()
      else next = step.value
    }
  }
  return true
}

function* children(node: Node, work: Work): Generator<Node, undefined> {
  const { value } = node
  if (Array.isArray(value)) {
    for (let key = 0; key < value.length; key++) yield { value: value[key] ?? null, parent: node, key }
  } else if (isMembers(value)) {
    const names = Object.keys(value)
    work.spend(names.length)
    for (const key of names) yield { value: value[key] ?? null, parent: node, key }
  }
  return undefined
}

function selectFrom(node: Node, selector: Selector, search: Search, visit: Visit): boolean {
  const { value } = node
  switch (selector.kind) {
    case 'name': {
      const { name } = selector
      if (!isMembers(value) || !Object.hasOwn(value, name)) return true
      return visit({ value: value[name] ?? null, parent: node, key: name })
    }
    case 'index': {
      if (!Array.isArray(value)) return true
      const key = selector.index < 0 ? value.length + selector.index : selector.index
      return key < 0 || key >= value.length || visit({ value: value[key] ?? null, parent: node, key })
    }
    case 'slice':
      return !Array.isArray(value) || slice(node, value, selector, visit)
    case 'all':
      for (const child of children(node, search.work)) if (!visit(child)) return false
      return true
    case 'filter':
      for (const child of children(node, search.work)) {
        search.work.spend(1)
        if (holds(selector.test, child, search) && !visit(child)) return false
      }
      return true
  }
}

/** RFC 9535, section 2.3.4.2.2. */
function slice(
  node: Node,
  list: ExactJson[],
  { start, stop, step }: { start: number | undefined; stop: number | undefined; step: number },
  visit: Visit,
): boolean {
  if (step === 0) return true
  const { length } = list
  const forward = step > 0
  const from = (index: number) => (index < 0 ? length + index : index)
  const bound = (index: number) =>
    forward ? Math.min(Math.max(from(index), 0), length) : Math.min(Math.max(from(index), -1), length - 1)
  const first = bound(start ?? (forward ? 0 : length - 1))
  const end = stop === undefined ? (forward ? length : -1) : bound(stop)
  for (let key = first; forward ? key < end : key > end; key += step) {
    if (!visit({ value: list[key] ?? null, parent: node, key })) return false
  }
  return true
}

/** Where a node is: `$.items[2].name`. */
export function placeOf(node: Node): string {
  const keys: string[] = []
  for (let at = node; at.parent !== null; at = at.parent) keys.push(keyText(at.key))
  return `$${keys.reverse().join('')}`
}

function keyText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
