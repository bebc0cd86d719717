import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { execFileSync } from 'node:child_process'
import { closeSync } from 'node:fs'
import { test } from 'node:test'
import { openLibc } from './libc.ts'

test('the node:ffi of this Node still has the shape that is used', () => {
  const libc = openLibc()
  assert.ok(typeof libc !== 'string', `${libc}`)
  const fd = libc.socket(2, 2, 0)
  assert.ok(typeof fd === 'number' && fd > 2, `${fd}`)
  assert.equal(libc.receive(fd, 0), process.platform === 'darwin' ? 'EWOULDBLOCK' : 'EAGAIN')
  libc.close(fd)
  assert.equal(libc.send(-1, Buffer.alloc(16), Buffer.alloc(16)), 'EBADF')
  assert.ok(Math.abs(libc.wallMs() - Date.now()) < 1_000)
})

test('a descriptor in the care of Node is closed by it, and none stays beside it', () => {
  const libc = openLibc()
  assert.ok(typeof libc !== 'string', `${libc}`)
  const socket = libc.socket(2, 2, 0)
  assert.ok(typeof socket === 'number')
  const fd = libc.own(socket)
  assert.ok(typeof fd === 'number')
  assert.equal(libc.receive(socket, 0), 'EBADF')
  assert.equal(libc.receive(fd, 0), process.platform === 'darwin' ? 'EWOULDBLOCK' : 'EAGAIN')
  closeSync(fd)
  assert.equal(libc.receive(fd, 0), 'EBADF')
  assert.equal(libc.own(1_000_000), 'EBADF')
})

test('a Node without it, or with another one, gives a sentence and no crash', () => {
  const named = ['dlopen', 'getRawPointer', 'getInt32']
  const strange = Object.fromEntries(named.map((name) => [name, () => 'something else']))
  const broken = Object.fromEntries(named.map((name) => [name, () => assert.fail('moved to another place')]))
  assert.equal(
    openLibc(() => undefined),
    'this Node has no node:ffi',
  )
  assert.equal(
    openLibc(() => ({})),
    'the node:ffi of this Node has another shape',
  )
  assert.match(`${openLibc(() => strange)}`, /^the node:ffi of this Node does not work \(/)
  assert.match(`${openLibc(() => broken)}`, /moved to another place/)
  assert.match(`${openLibc(() => assert.fail('is not allowed'))}`, /is not allowed/)
})

test('loading it warns nobody, and leaves other warnings alone', () => {
  const script = `
    const { openLibc } = await import(${JSON.stringify(new URL('libc.ts', import.meta.url).href)})
    if (typeof openLibc() === 'string') throw new Error(openLibc())
    process.emitWarning('still heard')`
  const command = '"$0" --input-type=module -e "$1" 2>&1'
  const heard = execFileSync('sh', ['-c', command, process.execPath, script], { encoding: 'utf8' })
  assert.match(heard, /still heard/)
  assert.doesNotMatch(heard, /FFI|[Ee]xperimental/)
})
