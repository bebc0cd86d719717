import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFrontMatter } from './front-matter.ts'

test('the fields before a guide are read, and taken off its text', () => {
  const { fields, text } = readFrontMatter('<!--\nslug: a-b\nexcerpt: What: it is.\norder: 3\n-->\n# A\n')
  assert.deepEqual(fields, { slug: 'a-b', excerpt: 'What: it is.', order: '3' })
  assert.equal(text, '# A\n')
})

test('a guide without fields, and any other comment, stays as it is', () => {
  for (const source of ['# A\n', '<!-- table: settings -->\n| a |\n', '# A\n<!--\nslug: a\n-->\n', '']) {
    assert.deepEqual(readFrontMatter(source), { fields: {}, text: source })
  }
})
