import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { ApiError } from '../errors.ts'
import { type Derive, PASSWORD_COST, passwords } from './passwords.ts'

const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))

test('a password is hashed with argon2id at the cost that is written down, with its own salt', async () => {
  const hasher = passwords(random)
  const [one, two] = [await hasher.hash('a long password'), await hasher.hash('a long password')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.deepEqual(PASSWORD_COST, { memoryKib: 19_456, passes: 2, lanes: 1 })
  assert.notEqual(one, two)
  assert.equal(await hasher.verify('a long password', one), true)
  assert.equal(await hasher.verify('a long passwore', one), false)
  assert.equal(await hasher.verify('', one), false)
})

test('the test vector of another implementation is understood', async () => {
  // From the reference implementation's own command line: "password", salt "somesalt", 64 MiB, 2 passes, 1 lane.
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  assert.equal(await passwords(random).verify('password', hash), true)
  assert.equal(await passwords(random).verify('passwore', hash), false)
})

test('against no hash and against a broken one the same work is done, and the answer is no', async () => {
  const worked: { salt: number; memoryKib: number }[] = []
  const derive: Derive = async (_password, salt, cost) => {
    worked.push({ salt: salt.length, memoryKib: cost.memoryKib })
    return Buffer.alloc(32)
  }
  const hasher = passwords(random, CHEAP, derive)
  const hash = await hasher.hash('x')
  worked.length = 0
  const answers = [await hasher.verify('x', hash), await hasher.verify('x', null), await hasher.verify('x', 'broken')]
  // The derived bytes are those of a hash of nobody: it is still a no.
  assert.deepEqual(answers, [true, false, false])
  assert.deepEqual(
    worked,
    Array.from({ length: 3 }, () => ({ salt: 16, memoryKib: 8 })),
  )
})

test('a hash of another cost is still right, and dated', async () => {
  const before = passwords(random, CHEAP)
  const now = passwords(random, { ...CHEAP, passes: 2 })
  const hash = await before.hash('a long password')
  assert.equal(await now.verify('a long password', hash), true)
  assert.deepEqual([now.isDated(hash), before.isDated(hash)], [true, false])
})

test('two are hashed at once, the next in line waits, and beyond fifty who wait a try is refused', async () => {
  let running = 0
  let most = 0
  const gate = Promise.withResolvers<void>()
  const derive: Derive = async () => {
    most = Math.max(most, ++running)
    await gate.promise
    running--
    return Buffer.alloc(32)
  }
  const hasher = passwords(random, CHEAP, derive)
  const tries = Array.from({ length: 52 }, () => hasher.hash('x'))
  await setImmediate()
  await assert.rejects(hasher.hash('x'), (error) => error instanceof ApiError && error.statusCode === 429)
  gate.resolve()
  await Promise.all(tries)
  assert.equal(most, 2)
  await hasher.hash('x')
  assert.equal(running, 0)
})
