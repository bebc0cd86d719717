import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { NO_REFERENCE, referenceText } from '../acceptance/samples/document.ts'
import { SECTIONS } from './index.ts'
import { namedIn } from './named-in.ts'
import { keyOf, printCoverage } from './print.ts'
import { namesIn, testNames } from './test-names.ts'

const PAGE = join(import.meta.dirname, '../../docs/reference-coverage.md')
const all = SECTIONS.flatMap(({ heading, lines }) => lines.map((line) => ({ heading, ...line })))

test('every test that is said to show a line is there, by its name', () => {
  const known = new Map<string, Set<string>>()
  for (const { shownBy } of all) {
    for (const shown of shownBy) {
      const names = known.get(shown.file) ?? new Set(testNames(shown.file))
      known.set(shown.file, names)
      assert.ok(names.has(shown.name), `there is no test ${keyOf(shown)}`)
    }
  }
})

test('every section of the reference has a test, and every line a test or the reason why it has none', () => {
  for (const { heading, lines } of SECTIONS)
    assert.ok(
      lines.some(({ shownBy }) => shownBy.length > 0),
      heading,
    )
  for (const { at, shownBy, note } of all) assert.ok(shownBy.length > 0 || note !== undefined, `lines ${at}`)
})

test('the page says what the tests are called now (npm run docs makes it so)', () => {
  assert.equal(readFileSync(PAGE, 'utf8'), printCoverage(SECTIONS))
})

test('every line of the reference that says something is covered once, under its own heading', {
  skip: NO_REFERENCE,
}, () => {
  const covered = new Map<number, string>()
  for (const {
    at: [from, to],
    heading,
  } of all) {
    assert.ok(from <= to, `lines ${from}–${to}`)
    for (let line = from; line <= to; line++) {
      assert.ok(!covered.has(line), `line ${line} is covered twice`)
      covered.set(line, heading)
    }
  }
  let heading = ''
  let isInFence = false
  for (const [index, text] of referenceText().split('\n').entries()) {
    if (text.startsWith('```')) isInFence = !isInFence
    const title = isInFence ? undefined : /^#{1,6} (.+)$/.exec(text)?.[1]
    if (title !== undefined) heading = title
    else if (text.trim() !== '') assert.equal(covered.get(index + 1), heading, `line ${index + 1}: ${text}`)
  }
})

test('whatever the reference names is named by what is said of its lines', { skip: NO_REFERENCE }, () => {
  const lines = referenceText().split('\n')
  for (const {
    at: [from, to],
    says,
  } of all) {
    for (const name of namedIn(lines.slice(from - 1, to)))
      assert.ok(says.includes(name), `lines ${from}–${to} name ${name}, which "${says}" does not`)
  }
})

test('names of tests are found however they are quoted, and nothing else is', () => {
  const program = [
    `test('a', () => {})`,
    `  test("b's", { skip: true }, () => {})`,
    `test(\`c \${d}\`, () => {})`,
    `test('it\\'s', () => {})`,
    `// test('no')`,
    `retest('no')`,
  ].join('\n')
  assert.deepEqual(namesIn(program), ['a', "b's", `c \${d}`, "it's"])
})

test('what lines name is found in examples, calls, headers, tables and code marks', () => {
  const lines = ['```json', '{ "id": 1, "text": "a: b" }', '```', '```http', 'GET /api/v1/monitors', '```', '```']
  assert.deepEqual(namedIn([...lines, 'X-A: 1', '```', '- `limit` - x', '| 400 | `BAD` |', '```js', 'a: 1', '```']), [
    'id',
    'text',
    'GET /monitors',
    'X-A',
    'limit',
    'BAD',
    '400',
  ])
})
