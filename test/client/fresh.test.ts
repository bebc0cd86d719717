import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { clientFiles } from '../../scripts/client/files.ts'

test('the TypeScript client is the one that the API document gives; `npm run docs` makes it', async () => {
  const files = await clientFiles(join(import.meta.dirname, '../..'))
  assert.equal(files.length, 2)
  const stale = files.filter(({ current, wanted }) => current !== wanted).map(({ path }) => path)
  assert.deepEqual(stale, [], 'run `npm run docs`')
})
