import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { simulatedClock } from '#engine'
import { DRAIN_DEADLINE_MS, stopOnSignal } from './shutdown.ts'

/** A server whose stop ends when the test says so, and signals by hand. */
function rig() {
  const { promise: stopped, resolve: drained, reject: failed } = Promise.withResolvers<void>()
  let stops = 0
  const clock = simulatedClock({ startMs: 0 })
  const signals = new EventEmitter()
  const log: string[] = []
  const server = {
    stop: () => {
      stops++
      return stopped
    },
  }
  const settings = { signals, clock, log: (message: string) => log.push(message) }
  return {
    settings,
    server,
    signals,
    log,
    drained,
    failed,
    stops: () => stops,
    advanceBy: clock.advanceBy,
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} stops the server once and ends with 0 when it has drained`, async () => {
    const { settings, server, signals, drained, stops } = rig()
    const ended = stopOnSignal(Promise.resolve(server), settings)
    signals.emit(signal)
    await settle()
    assert.equal(stops(), 1)
    drained()
    assert.equal(await ended, 0)
  })
}

test('a ^C that npm hands on as well does not count as a second one', async () => {
  const { settings, server, signals, drained, stops, advanceBy } = rig()
  const ended = stopOnSignal(Promise.resolve(server), settings)
  signals.emit('SIGINT')
  await advanceBy(300)
  signals.emit('SIGINT')
  await settle()
  drained()
  assert.equal(await ended, 0)
  assert.equal(stops(), 1)
})

test('a second ^C ends at once with 1', async () => {
  const { settings, server, signals, advanceBy } = rig()
  const ended = stopOnSignal(Promise.resolve(server), settings)
  signals.emit('SIGINT')
  await advanceBy(1_500)
  signals.emit('SIGINT')
  assert.equal(await ended, 1)
})

test('a second SIGTERM changes nothing', async () => {
  const { settings, server, signals, drained, stops, advanceBy } = rig()
  const ended = stopOnSignal(Promise.resolve(server), settings)
  signals.emit('SIGTERM')
  await advanceBy(1_500)
  signals.emit('SIGTERM')
  await settle()
  drained()
  assert.equal(await ended, 0)
  assert.equal(stops(), 1)
})

test('a stop that hangs is cut off within 10 s', async () => {
  const { settings, server, signals, log, advanceBy } = rig()
  const ended = stopOnSignal(Promise.resolve(server), settings)
  signals.emit('SIGTERM')
  assert.ok(DRAIN_DEADLINE_MS < 10_000)
  await advanceBy(DRAIN_DEADLINE_MS)
  assert.equal(await ended, 0)
  assert.match(log.join('\n'), /took too long/)
})

test('a stop that fails ends with 1 and says why', async () => {
  const { settings, server, signals, log, failed } = rig()
  const ended = stopOnSignal(Promise.resolve(server), settings)
  signals.emit('SIGTERM')
  failed(new Error('disk full'))
  assert.equal(await ended, 1)
  assert.match(log.join('\n'), /disk full/)
})

test('a signal while the server starts stops it as soon as it has started', async () => {
  const { settings, server, signals, drained, stops } = rig()
  const { promise: started, resolve: start } = Promise.withResolvers<typeof server>()
  const ended = stopOnSignal(started, settings)
  signals.emit('SIGTERM')
  await settle()
  assert.equal(stops(), 0)
  start(server)
  drained()
  assert.equal(await ended, 0)
  assert.equal(stops(), 1)
})
