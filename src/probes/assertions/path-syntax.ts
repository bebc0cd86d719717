import type { ExactJson } from './exact-json.ts'
import type { LinearPattern } from './linear-pattern.ts'

/** A JSONPath query (RFC 9535), parsed. */
export interface JsonPath {
  text: string
  segments: readonly Segment[]
  /** It can find one value at most (section 2.3.5.1). */
  isSingular: boolean
}

export interface Segment {
  /** `..`: the node and everything below it. */
  descends: boolean
  selectors: readonly Selector[]
}

export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'slice'; start: number | undefined; stop: number | undefined; step: number }
  | { kind: 'all' }
  | { kind: 'filter'; test: Test }

/** What is true or false of a node. */
export type Test =
  | { kind: 'or' | 'and'; left: Test; right: Test }
  | { kind: 'not'; test: Test }
  | { kind: 'exists'; query: Query }
  | { kind: 'compare'; operator: string; left: Operand; right: Operand }
  | { kind: 'matches'; subject: Operand; pattern: LinearPattern; whole: boolean }

/** A query inside a filter: from `$` or from `@`. */
export interface Query {
  fromRoot: boolean
  segments: readonly Segment[]
}

export type Operand =
  | { kind: 'literal'; value: ExactJson }
  | { kind: 'value'; query: Query }
  | { kind: 'length'; of: Operand }
  | { kind: 'count'; query: Query }
