import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field, FieldKind, FormValue } from './field.ts'
import { allToApi, changesOf, toApi, toForm } from './values.ts'

function field(kind: FieldKind, more: Partial<Field> = {}): Field {
  const rest = { isRequired: false, description: '', byDefault: undefined, example: null, options: [], fields: [] }
  return { name: 'it', kind, ...rest, takesNumbers: false, isSecret: false, ...more }
}

/** What comes back of a value that was shown and sent again. */
function roundTrip(kind: FieldKind, value: unknown, more: Partial<Field> = {}): unknown {
  return toApi(field(kind, more), toForm(field(kind, more), value))
}

test('what the API gave goes back as it was', () => {
  assert.equal(roundTrip('text', 'a'), 'a')
  assert.equal(roundTrip('text', 200, { takesNumbers: true }), 200)
  assert.equal(roundTrip('number', 30), 30)
  assert.equal(roundTrip('choice', 4, { options: [4, 6, 'any'] }), 4)
  assert.deepEqual(roundTrip('lines', ['a', 'b']), ['a', 'b'])
  assert.deepEqual(roundTrip('json', { a: [1] }), { a: [1] })
  for (const value of ['ok', '5', 'true', 5, true, null, [1]]) assert.deepEqual(roundTrip('any', value), value)
})

test('what is empty or at its default is not sent', () => {
  for (const kind of ['text', 'long', 'lines', 'number', 'choice', 'json', 'any'] as const)
    assert.equal(toApi(field(kind), ''), undefined, kind)
  assert.equal(toApi(field('boolean', { byDefault: true }), true), undefined)
  assert.equal(toApi(field('boolean', { byDefault: true }), false), false)
  assert.equal(toApi(field('rows'), []), undefined)
  assert.equal(allToApi([field('text')], { it: '' }), undefined)
})

test('what can not be read goes as it is, so that the API says what is wrong', () => {
  assert.equal(toApi(field('number'), 'often'), 'often')
  assert.equal(toApi(field('json'), '{"a":'), '{"a":')
})

test('a change names what differs: emptied is null, a switch that was put back says so', () => {
  const fields = [
    field('text', { name: 'kept' }),
    field('text', { name: 'emptied' }),
    field('boolean', { name: 'flag', byDefault: false }),
  ]
  const before: { [name: string]: FormValue } = { kept: 'a', emptied: 'b', flag: true }
  assert.deepEqual(changesOf(fields, before, { kept: 'a', emptied: '', flag: false }), { emptied: null, flag: false })
  assert.deepEqual(changesOf(fields, before, before), {})
})
