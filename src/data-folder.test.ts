import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeDataFolder } from './data-folder.ts'

test('folders are made down to the last, for this user only, and found when they exist', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'statusapp-folder-'))
  t.after(() => rm(root, { recursive: true }))
  const path = join(root, 'a/b/c')
  await Promise.all([makeDataFolder(path), makeDataFolder(path)])
  await makeDataFolder(path)
  assert.equal((await stat(path)).mode & 0o777, 0o700)
})

test('a file in the way, and a place that takes no folders, are errors', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'statusapp-folder-'))
  t.after(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'file'), '')
  await assert.rejects(makeDataFolder(join(root, 'file')), { code: 'EEXIST' })
  await assert.rejects(makeDataFolder(join(root, 'file/data')), { code: 'ENOTDIR' })
  await assert.rejects(makeDataFolder('/proc/statusapp/data'))
})
