import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatedClock } from '#engine'
import type { User } from '#storage'
import { cheapPasswords } from '../testing/people-rig.ts'
import { loginGuard } from './login-guard.ts'
import { type Passwords, passwords } from './passwords.ts'

async function guardOf(hasher: Passwords = cheapPasswords) {
  const clock = simulatedClock({ startMs: 0 })
  const passwordHash = await cheapPasswords.hash('right')
  const user: User = { id: 'usr_1', email: 'Ada@example.com', name: 'Ada', passwordHash, createdAtMs: 0 }
  const rehashed: string[] = []
  const users = {
    byEmail: async (email: string) => (email.toLowerCase() === 'ada@example.com' ? user : null),
    rehash: async (_id: string, before: string, after: string) => void rehashed.push(before, after),
  }
  return { guard: loginGuard(users, hasher, clock), clock, user, rehashed }
}

test('guessing at one address from everywhere is slowed down, and spares who logged in from there before', async () => {
  const { guard, clock, user } = await guardOf()
  assert.equal(await guard.prove('192.0.2.1', 'ada@example.com', 'right'), user)
  for (let n = 0; n < 20; n++) assert.equal(await guard.prove(`198.51.100.${n}`, 'ADA@example.com', 'wrong'), null)
  await assert.rejects(guard.prove('203.0.113.1', 'ada@example.com', 'right'), { statusCode: 429 })
  assert.equal(await guard.prove('192.0.2.1', 'ada@example.com', 'right'), user)
  await clock.advanceBy(30_000)
  assert.equal(await guard.prove('203.0.113.1', 'ada@example.com', 'right'), user)
})

test('a right password costs no try, and an IPv6 network counts as one address', async () => {
  const { guard, user } = await guardOf()
  for (let n = 0; n < 50; n++) assert.equal(await guard.prove('2001:db8::1', 'ada@example.com', 'right'), user)
  for (let n = 0; n < 10; n++) assert.equal(await guard.prove(`2001:db8::${n}`, `${n}@b.c`, 'wrong'), null)
  await assert.rejects(guard.prove('2001:db8::ffff', 'ada@example.com', 'right'), { statusCode: 429 })
})

test('a hash of another cost is replaced when its password comes along', async () => {
  const costlier = passwords((size) => crypto.getRandomValues(new Uint8Array(size)), {
    memoryKib: 16,
    passes: 1,
    lanes: 1,
  })
  const { guard, user, rehashed } = await guardOf(costlier)
  const proven = await guard.prove('192.0.2.1', 'ada@example.com', 'right')
  assert.deepEqual(rehashed, [user.passwordHash, proven?.passwordHash])
  assert.equal(await costlier.verify('right', proven?.passwordHash ?? null), true)
})
