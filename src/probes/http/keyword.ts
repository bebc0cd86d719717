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

/** What is wrong with a text; null when nothing is. `partial`: only its beginning was read. */
export function keywordProblem({ present, absent, caseSensitive }: KeywordRule, text: string, partial: boolean) {
  const searched = caseSensitive ? text : text.toLowerCase()
  const part = partial ? ` in the first ${text.length} characters` : ' in the body'
  for (const word of present)
    if (!searched.includes(word)) return `expected the keyword ${show(word)}${part}, but it is not there`
  for (const word of absent)
    if (searched.includes(word)) return `expected the keyword ${show(word)} to be absent, but it is in the body`
  return null
}

function show(word: string): string {
  return JSON.stringify(word.length > 100 ? `${word.slice(0, 100)}…` : word)
}
