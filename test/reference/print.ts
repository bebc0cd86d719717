import type { Line, Section, Shown } from './line.ts'

const OPENING = `# The API reference, line by line

The API is built after a reference document. This page names what each line of it says and the tests that show it. The
numbers are lines of that document, for those who have it; the [API guide](guide/api.md) says the same for everybody.
\`npm run docs\` makes this page from \`test/reference\`. A test fails when it is stale, when a test that it names is gone,
or when a line has neither a test nor a reason.
`

/** The page that says which test shows which lines. */
export function printCoverage(sections: readonly Section[]): string {
  const tests = new Set(sections.flatMap(({ lines }) => lines.flatMap(({ shownBy }) => shownBy.map(keyOf))))
  const lines = sections.flatMap(({ lines }) => lines)
  const covered = lines.filter(({ shownBy }) => shownBy.length > 0).length
  const sum = `\n${covered} of ${lines.length} statements are shown by ${tests.size} tests.\n`
  return OPENING + sum + sections.map(printSection).join('')
}

function printSection({ heading, lines }: Section): string {
  const title = heading === '' ? 'Before the first heading' : heading
  return `\n## ${title}\n\n| lines | say | shown by |\n|---|---|---|\n${lines.map(printLine).join('')}`
}

function printLine({ at: [from, to], says, shownBy, note }: Line): string {
  const tests = shownBy.map(({ file, name }) => `[${escaped(name)}](../${file})`)
  const cells = [...tests, ...(note === undefined ? [] : [note])]
  return `| ${from === to ? from : `${from}–${to}`} | ${escaped(says)} | ${cells.join('<br>')} |\n`
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|')
}

export function keyOf({ file, name }: Shown): string {
  return `${file}: ${name}`
}
