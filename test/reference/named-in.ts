/**
 * What some lines of the reference name: fields of JSON examples, methods with their paths, headers, the words in code
 * marks, and the numbers and codes of tables. Samples of programs name nothing: they are run.
 */
export function namedIn(lines: string[]): string[] {
  let fence: string | null = null
  const names = new Set<string>()
  for (const line of lines) {
    const mark = /^```([a-z]*)/.exec(line)
    if (mark !== null) {
      fence = fence === null ? (mark[1] ?? '') : null
      continue
    }
    for (const name of namedInLine(line, fence)) names.add(name)
  }
  return [...names]
}

function namedInLine(line: string, fence: string | null): string[] {
  if (fence === 'json') return matches(line, /"([A-Za-z0-9]+)":/g)
  if (fence === 'http') return [line.replace(' /api/v1/', ' /')]
  if (fence === '') return matches(line, /^([A-Za-z-]+):/g)
  if (fence !== null) return []
  const cells = line.startsWith('|') ? line.split('|').map((cell) => cell.trim().replaceAll('`', '')) : []
  const facts = cells.filter((cell) => /^([\d,]+|[A-Z_]+)$/.test(cell))
  return [...matches(line, /`([^`]+)`/g), ...facts]
}

function matches(line: string, pattern: RegExp): string[] {
  return [...line.matchAll(pattern)].map(([, name = '']) => name)
}
