import type { Json } from '#domain'

/** Reads `graphqlVariables`: an object, or a JSON string of one. A sentence if it is neither; undefined for none. */
export function readVariables(given: string | { [name: string]: Json } | undefined) {
  if (given === undefined || given === '') return undefined
  if (typeof given === 'object') return given
  try {
    const value: unknown = JSON.parse(given)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Told of below, like any other text.
  }
  return 'expected a JSON object such as {"id": "5"}, as an object or as text'
}
