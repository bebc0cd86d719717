import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apiRig } from '../testing/api-rig.ts'

const FIELDS = [
  ...['name', 'slug', 'customDomain', 'isPublic', 'description', 'companyName', 'theme', 'brandColor', 'logoUrl'],
  ...['faviconUrl', 'timezone', 'groups', 'monitors', 'monitorIds', 'days', '__proto__', 'constructor', 'id'],
]
const INNER = [
  'monitorId',
  'id',
  'displayName',
  'group',
  'showResponseTime',
  'name',
  'description',
  'collapsed',
  'toString',
]

const text = fc.oneof(
  fc.constantFrom(
    'status',
    'a.b',
    'https://a.example/x',
    '<img src=x onerror=alert(1)>',
    "' or 1=1--",
    '../../x',
    '%00',
    '{{7*7}}',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ minLength: 1_000, maxLength: 6_000 }),
)
const value = fc.oneof(
  text,
  fc.constantFrom(null, true, -1, 1e308, [], {}, [null], [[[]]], [''], 'constructor'),
  fc.array(fc.dictionary(fc.constantFrom(...INNER), fc.oneof(text, fc.jsonValue({ maxDepth: 2 }))), { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
)

test('no body makes a page fail with a 5xx, and what is refused changes nothing', async (t) => {
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/status-pages', { name: 'a', slug: 'first' })
  const path = `/status-pages/${made.body.id}`
  const read = () => rig.store.statusPages.get(rig.account.id, made.body.id)
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 5 }), async (body) => {
      const before = await read()
      const put = await rig.ask('PUT', path, body)
      if (put.status === 200) return
      assert.ok(put.status >= 400 && put.status < 500, `${put.status} ${put.text} for ${JSON.stringify(body)}`)
      assert.deepEqual(
        [put.body.statusCode, typeof put.body.error, typeof put.body.code],
        [put.status, 'string', 'string'],
      )
      assert.deepEqual(await read(), before)
      const post = await rig.ask('POST', '/status-pages', body)
      assert.ok(post.status < 500, `${post.status} ${post.text} for ${JSON.stringify(body)}`)
    }),
    { numRuns: 300 },
  )
})
