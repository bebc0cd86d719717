import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurnstile } from './turnstile.ts'

function tasks() {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  return {
    started,
    task: (name: string) => () => {
      started.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    },
    async end(name: string) {
      ends.get(name)?.()
      await new Promise(setImmediate)
    },
  }
}

test('so many tasks of a key run at once, the next in order when one ends, and other keys do not wait', async () => {
  const { started, task, end } = tasks()
  const turnstile = createTurnstile(2)
  for (const name of ['a1', 'a2', 'a3', 'a4']) turnstile.enter('a', task(name))
  turnstile.enter('b', task('b1'))
  assert.deepEqual(started, ['a1', 'a2', 'b1'])
  await end('a2')
  await end('a3')
  assert.deepEqual(started, ['a1', 'a2', 'b1', 'a3', 'a4'])
})

test('idle is when nothing runs and nothing waits', async () => {
  const { started, task, end } = tasks()
  const turnstile = createTurnstile(1)
  await turnstile.idle()
  turnstile.enter('a', task('a1'))
  turnstile.enter('a', task('a2'))
  let isIdle = false
  void turnstile.idle().then(() => {
    isIdle = true
  })
  await new Promise(setImmediate)
  assert.equal(isIdle, false)
  await end('a1')
  assert.equal(isIdle, false)
  await end('a2')
  assert.equal(isIdle, true)
  assert.deepEqual(started, ['a1', 'a2'])
})
