import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changedFields } from './changed-fields.ts'

test('only what differs is told, from inner objects too', () => {
  assert.deepEqual(
    changedFields(
      { name: 'a', tags: ['x'], config: { url: 'u', keep: 1 }, gone: 1, same: { a: [1] } },
      { name: 'b', tags: ['x', 'y'], config: { url: 'v', keep: 1 }, new: null, same: { a: [1] }, absent: undefined },
    ),
    {
      before: { name: 'a', tags: ['x'], config: { url: 'u' }, gone: 1 },
      after: { name: 'b', tags: ['x', 'y'], config: { url: 'v' }, new: null },
    },
  )
})

test('nothing is told where nothing differs', () => {
  assert.equal(changedFields({ a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1, d: undefined }), null)
})

test('of a thing that was made or removed every field is told', () => {
  assert.deepEqual(changedFields(null, { a: 1 }), { before: null, after: { a: 1 } })
  assert.deepEqual(changedFields({ a: 1 }, null), { before: { a: 1 }, after: null })
  assert.deepEqual(changedFields(null, null), { before: null, after: null })
})

test('a secret that changed is seen to change and never shown', () => {
  const secrets = {
    secret: 'S3CRET-1',
    apiAuthConfig: { token: 'S3CRET-2', oauth2ClientSecret: 'S3CRET-3' },
    requestHeaders: { Authorization: 'Bearer S3CRET-4', 'X-Forward': 'Bearer S3CRET-5' },
    list: [{ password: 'S3CRET-6' }],
    url: 'https://user:S3CRET-7@host.example/',
    hash: 'S3CRET-8',
    own: 'S3CRET-9',
  }
  const found = changedFields({ secret: 'S3CRET-0', url: null }, secrets, (fields) => ({
    ...fields,
    ...(fields['own'] === undefined ? {} : { own: '••••' }),
  }))
  assert.doesNotMatch(JSON.stringify(found), /S3CRET/)
  assert.equal(found?.before?.['secret'], '••••')
  assert.equal(found?.after?.['secret'], '••••')
})

test('whatever the values, a side stays small and can be stored', () => {
  const anything = fc.dictionary(fc.string(), fc.anything({ maxDepth: 12, withBigInt: true, withDate: true }))
  fc.assert(
    fc.property(anything, anything, (before, after) => {
      const text = JSON.stringify(changedFields(before, after))
      assert.ok(text.length < 2 * 17_000 + 100_000)
    }),
  )
  const long = changedFields(
    null,
    Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`f${n}`, 'x'.repeat(900)])),
  )
  assert.equal(Object.values(long?.after?.['tooLong'] ?? {}).length, 50)
  const one = changedFields({ text: 'x'.repeat(5_000) }, { text: 'y' })
  assert.equal(String(one?.before?.['text']).length, 1_001)
})
