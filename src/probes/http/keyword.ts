/** Words that must, or must not, stand in the page. Already in lower case when case does not matter. */
export interface KeywordRule {
  present: readonly string[]
  absent: readonly string[]
  caseSensitive: boolean
}

/** The rule of a configuration; null when it asks for nothing. */
export function keywordRule(
  keyword: string | string[] | undefined,
  keywordAbsent: string | string[] | undefined,
  caseSensitive: boolean,
): KeywordRule | null {
  const fold = (words: string | string[] | undefined) => {
    const list = [words ?? []].flat()
    return caseSensitive ? list : list.map((word) => word.toLowerCase())
  }
  const rule = { present: fold(keyword), absent: fold(keywordAbsent), caseSensitive }
  return rule.present.length + rule.absent.length > 0 ? rule : null
}

/** The longest word: pieces of a text that overlap by its length hide none. */
export function longestWord({ present, absent }: KeywordRule): number {
  return Math.max(...present.map((word) => word.length), ...absent.map((word) => word.length))
}

/**
 * What is wrong with a text that comes in pieces, which overlap by the longest word; null when nothing is. `partialBytes`:
 * only so much of its beginning was read; null when that is all.
 */
export function keywordProblem(
  { present, absent, caseSensitive }: KeywordRule,
  pieces: Iterable<string>,
  partialBytes: number | null,
): string | null {
  const missing = new Set(present)
  for (const piece of pieces) {
    const searched = caseSensitive ? piece : piece.toLowerCase()
    for (const word of missing) if (searched.includes(word)) missing.delete(word)
    for (const word of absent)
      if (searched.includes(word)) return `expected the keyword ${show(word)} to be absent, but it is in the body`
    if (missing.size === 0 && absent.length === 0) return null
  }
  const [first] = missing
  if (first === undefined) return null
  const part = partialBytes === null ? 'in the body' : `in the first ${partialBytes} bytes of the body`
  return `expected the keyword ${show(first)} ${part}, but it is not there`
}

function show(word: string): string {
  return JSON.stringify(word.length > 100 ? `${word.slice(0, 100)}…` : word)
}
