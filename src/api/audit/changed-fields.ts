import { isCredentialHeader, MASK } from '#probes'
import { maskUserInfo } from '../masks.ts'

/** A longer text is cut; a longer side is told by the names of its fields. */
const TEXT_MAX = 1_000
const SIDE_MAX = 16_384
const DEPTH_MAX = 8

const SECRET_NAME = /secret|password|passwd|token|api_?key|authorization|cookie|credential|private_?key|hash$/i

/** What JSON can hold. */
export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain }

/** One side of a change, fit to be stored. */
export type Side = { [name: string]: Plain } | null

/**
 * The fields that differ, from inner objects too, with secrets masked and long texts cut. A side that was not there
 * stays null, and of the other one every field is told. Null when nothing differs.
 */
export function changedFields(
  before: object | null,
  after: object | null,
  mask: (fields: { [name: string]: Plain }) => { [name: string]: Plain } = (fields) => fields,
): { before: Side; after: Side } | null {
  const sides = { before: plainFields(before), after: plainFields(after) }
  if (sides.before === null || sides.after === null) {
    if (before !== null || after !== null) return { before: shown(sides.before), after: shown(sides.after) }
    return { before: null, after: null }
  }
  const differing = difference(sides.before, sides.after)
  if (Object.keys(differing.before).length + Object.keys(differing.after).length === 0) return null
  return { before: shown(differing.before), after: shown(differing.after) }

  function shown(side: { [name: string]: Plain } | null): Side {
    return side === null ? null : bounded(maskFields(mask(side)))
  }
}

function difference(before: { [name: string]: Plain }, after: { [name: string]: Plain }) {
  const left: { [name: string]: Plain } = {}
  const right: { [name: string]: Plain } = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]]
    if (isObject(was) && isObject(is)) {
      const inner = difference(was, is)
      if (Object.keys(inner.before).length + Object.keys(inner.after).length === 0) continue
      left[name] = inner.before
      right[name] = inner.after
    } else if (JSON.stringify(was) !== JSON.stringify(is)) {
      if (was !== undefined) left[name] = was
      if (is !== undefined) right[name] = is
    }
  }
  return { before: left, after: right }
}

/** A second net below the callers' own masks: whatever is called like a secret is one. */
function maskFields(fields: { [name: string]: Plain }): { [name: string]: Plain } {
  const masked: { [name: string]: Plain } = {}
  for (const [name, value] of Object.entries(fields)) {
    const isSecret = SECRET_NAME.test(name) || (typeof value === 'string' && isCredentialHeader(name, value))
    masked[name] = isSecret && value !== null && value !== '' && typeof value !== 'boolean' ? MASK : maskValue(value)
  }
  return masked
}

function maskValue(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(maskValue)
  if (isObject(value)) return maskFields(value)
  if (typeof value !== 'string') return value
  // An e-mail address alone is no user info.
  return cut(value.includes('//') ? maskUserInfo(value) : value)
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX).toWellFormed()}…`
}

function bounded(side: { [name: string]: Plain }): { [name: string]: Plain } {
  if (JSON.stringify(side).length <= SIDE_MAX) return side
  return { tooLong: Object.keys(side).slice(0, 50).map(cut) }
}

function plainFields(fields: object | null): { [name: string]: Plain } | null {
  if (fields === null) return null
  const plain = toPlain(fields, 0)
  return isObject(plain) ? plain : {}
}

/** Leaves out what JSON would leave out. */
function toPlain(value: unknown, depth: number): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || depth >= DEPTH_MAX) return '…'
  if (Array.isArray(value)) return value.map((item) => toPlain(item, depth + 1))
  const plain: { [name: string]: Plain } = {}
  for (const [name, item] of Object.entries(value)) {
    if (item !== undefined && typeof item !== 'function') plain[name] = toPlain(item, depth + 1)
  }
  return plain
}

function isObject(value: Plain | undefined): value is { [name: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
