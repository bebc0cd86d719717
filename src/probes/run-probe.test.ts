import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { type CheckResult, type Clock, unknownResult } from '#domain'
import { realClock } from './kit/real-clock.ts'
import type { AnyProbe, ProbeContext } from './probe.ts'
import { runProbe } from './run-probe.ts'
import { targetPolicy } from './target-policy.ts'

const up: CheckResult = { ...unknownResult(''), status: 'UP', error: null, localFault: false }
const job = { type: 'WEBSITE', url: 'http://127.0.0.1:9/', config: {}, timeoutMs: 100 } as const

/** Runs the job on a probe of the test's own; returns the result and the faults that were reported. */
async function run(probe: AnyProbe['run'], clock: Clock = realClock, signal?: AbortSignal) {
  const faults: string[] = []
  const type: AnyProbe = {
    type: 'WEBSITE',
    summary: '',
    config: Type.Object({}),
    ...(probe !== undefined && { run: probe }),
  }
  const result = await runProbe(job, {
    clock,
    targets: targetPolicy({ allowPrivate: true }),
    userAgent: 'test',
    onFault: (error) => faults.push(error.message),
    find: () => type,
    ...(signal !== undefined && { signal }),
  })
  return { result, faults }
}

test('the result of a probe is passed on, and its timer is taken back', async () => {
  let pending = 0
  const clock: Clock = {
    ...realClock,
    schedule: () => {
      pending++
      return { cancel: () => pending-- }
    },
  }
  const { result, faults } = await run(async () => up, clock)
  assert.equal(result, up)
  assert.deepEqual(faults, [])
  assert.equal(pending, 0)
})

for (const [how, probe] of [
  [
    'throws',
    () => {
      throw new Error('broken here')
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error('broken here')
    },
  ],
] as const) {
  test(`a probe that ${how} is a fault of ours, reported and never an outage`, async () => {
    const { result, faults } = await run(probe)
    assert.equal(result.status, 'UNKNOWN')
    assert.equal(result.localFault, true)
    assert.equal(result.error, 'the check could not be made: the WEBSITE probe failed (broken here)')
    assert.deepEqual(faults, ['broken here'])
  })
}

test('a probe that does not end is given up a second after its deadline, called off and reported', async () => {
  let fire = () => {}
  const clock: Clock = {
    ...realClock,
    schedule(delayMs, task) {
      assert.equal(delayMs, 1_100)
      fire = task
      return { cancel: () => {} }
    },
  }
  let given: ProbeContext | null = null
  const running = run((_target, _config, context) => {
    given = context
    setImmediate(() => fire())
    return new Promise(() => {})
  }, clock)
  const { result, faults } = await running
  assert.equal(result.status, 'UNKNOWN')
  assert.match(result.error ?? '', /did not end 1000 ms after its deadline of 100 ms/)
  assert.equal(faults.length, 1)
  assert.equal((given as ProbeContext | null)?.signal.aborted, true)
})

test('the signal of the caller reaches the probe, also when it came before', async () => {
  const ending = new AbortController()
  const watch: AnyProbe['run'] = (_target, _config, { signal }) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve(up)
      signal.addEventListener('abort', () => resolve(up))
    })
  setImmediate(() => ending.abort())
  assert.equal((await run(watch, realClock, ending.signal)).result, up)
  assert.equal((await run(watch, realClock, AbortSignal.abort())).result, up)
})

test('a type that is not probed is unknown, without a fault', async () => {
  const { result, faults } = await run(undefined)
  assert.equal(result.status, 'UNKNOWN')
  assert.equal(result.error, 'monitors of type WEBSITE are not probed')
  assert.deepEqual(faults, [])
})
