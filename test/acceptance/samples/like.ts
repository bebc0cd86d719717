const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const ID = /^(mon|inc|sp)_/

/**
 * Where an answer is unlike the example of a document: a field that is missing, or of another type; a time or an id of
 * another form. Values may differ, and more fields may be there. A list must hold rows like the example's first.
 */
export function unlike(example: unknown, actual: unknown, path = 'answer'): string[] {
  if (Array.isArray(example)) {
    if (!Array.isArray(actual)) return [`${path} is no list`]
    if (example.length > 0 && actual.length === 0) return [`${path} is empty`]
    return actual.flatMap((row, index) => unlike(example[0], row, `${path}.${index}`))
  }
  if (typeof example === 'object' && example !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path} is no object`]
    const fields = new Map<string, unknown>(Object.entries(actual))
    return Object.entries(example).flatMap(([name, value]) =>
      fields.has(name) ? unlike(value, fields.get(name), `${path}.${name}`) : [`${path}.${name} is missing`],
    )
  }
  if (typeof example !== typeof actual)
    return [`${path} is ${JSON.stringify(actual)}, not like ${JSON.stringify(example)}`]
  if (typeof example !== 'string' || typeof actual !== 'string') return []
  const prefix = ID.exec(example)?.[0]
  if (prefix !== undefined && !new RegExp(`^${prefix}[a-z0-9]{16}$`).test(actual)) return [`${path} is no ${prefix} id`]
  return TIME.test(example) && !TIME.test(actual) ? [`${path} is no time like ${example}`] : []
}
