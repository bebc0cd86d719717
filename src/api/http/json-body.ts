import type { Json } from '#domain'
import { apiError } from '../errors.ts'

const DEPTH_MAX = 64

/**
 * Reads a JSON body. An empty one is `undefined`. Refuses what JSON allows and nobody means: bytes that are not UTF-8,
 * NUL characters, lone surrogates, `__proto__` keys, and nesting deeper than 64. Throws `ApiError`.
 */
export function readJsonBody(bytes: Uint8Array): Json | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw apiError('BAD_REQUEST', 'The body is not valid UTF-8.')
  }
  if (text.trim() === '') return undefined
  let value: Json
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw apiError('BAD_REQUEST', `The body is not valid JSON${position(error)}.`)
  }
  refuseHostile(value, 0)
  return value
}

function position(error: unknown): string {
  const found = error instanceof Error ? /at position (\d+)/.exec(error.message) : null
  return found === null ? '' : ` (at character ${found[1]})`
}

function refuseHostile(value: Json, depth: number): void {
  if (typeof value === 'string') refuseText(value)
  if (typeof value !== 'object' || value === null) return
  if (depth >= DEPTH_MAX) throw apiError('BAD_REQUEST', `The body is nested deeper than ${DEPTH_MAX} levels.`)
  if (Array.isArray(value)) {
    for (const item of value) refuseHostile(item, depth + 1)
    return
  }
  for (const [key, item] of Object.entries(value)) {
    refuseText(key)
    if (key === '__proto__') throw apiError('BAD_REQUEST', 'The body has a field "__proto__", which is never allowed.')
    refuseHostile(item, depth + 1)
  }
}

function refuseText(text: string): void {
  if (text.includes('\0')) throw apiError('BAD_REQUEST', 'The body has a NUL character in a text.')
  if (!text.isWellFormed()) throw apiError('BAD_REQUEST', 'The body has half a surrogate pair in a text.')
}
