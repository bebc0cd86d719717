import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError } from '#config'
import { explainFailure } from './failure.ts'
import { CliError } from './io.ts'

test('a port in use is said with what to do', async (t) => {
  const first = createServer().listen(0, '127.0.0.1')
  t.after(() => first.close())
  await new Promise((resolve) => first.once('listening', resolve))
  const address = first.address()
  assert.ok(address !== null && typeof address === 'object')
  const second = createServer().listen(address.port, '127.0.0.1')
  const error = await new Promise((resolve) => second.once('error', resolve))
  assert.deepEqual(explainFailure(error, {}), {
    message: `Port ${address.port} on 127.0.0.1 is in use. Stop the program that has it, or set PORT to another one.`,
    exitCode: 1,
  })
})

test('an address that this machine lacks is said with what to do', async () => {
  const server = createServer().listen(0, '192.0.2.1')
  const error = await new Promise((resolve) => server.once('error', resolve))
  assert.match(explainFailure(error, {}).message, /no address 192\.0\.2\.1\. Set HOST/)
})

test('a data folder that is a file is said with what to do', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'statusapp-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { mkdir, writeFile } = await import('node:fs/promises')
  const path = join(folder, 'file')
  await writeFile(path, '')
  const error = await mkdir(join(path, 'data')).catch((reason: unknown) => reason)
  const { message, exitCode } = explainFailure(error, { STATUSAPP_DATA_DIR: path })
  assert.match(message, /^The data folder .*file can't be used: .*Set STATUSAPP_DATA_DIR/)
  assert.equal(exitCode, 1)
})

test('errors that speak to people are passed on, and keep their exit code', () => {
  assert.deepEqual(explainFailure(new ConfigError('PORT is not usable.'), {}), {
    message: 'PORT is not usable.',
    exitCode: 1,
  })
  assert.deepEqual(explainFailure(new CliError(2, 'No.'), {}), { message: 'No.', exitCode: 2 })
})

test('a fault of our own shows where it happened', () => {
  const { message, exitCode } = explainFailure(new TypeError('x is not a function'), {})
  assert.match(message, /^StatusApp failed: TypeError: x is not a function\n {4}at /)
  assert.equal(exitCode, 1)
  assert.equal(explainFailure('thrown text', {}).message, 'StatusApp failed: thrown text')
})
