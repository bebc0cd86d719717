import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  certificateDays,
  crossedThreshold,
  DEFAULT_CERTIFICATE_DAYS,
  type WatchedCertificate,
} from './certificate-watch.ts'
import type { Json } from './check.ts'
import { at, buildContext, buildMonitor, buildReport } from './kit/build.ts'
import { apply, newStory, play, type Story } from './kit/play.ts'
import { decideChange } from './lifecycle.ts'
import { differsInSubstance, type MonitorState } from './state.ts'

const DAY_MS = 86_400_000
const START_MS = at('10:00')

function certificate(fingerprint: string, daysLeft: number, fromMs = START_MS): WatchedCertificate {
  return { fingerprint, subject: `CN=${fingerprint}`, issuer: 'CN=CA', notAfterMs: fromMs + daysLeft * DAY_MS }
}

/** A check at `atMs` that saw this certificate; null: it saw none. */
function sight(seen: WatchedCertificate | null, atMs: number, region = 'eu', status: 'UP' | 'DOWN' = 'UP') {
  const report = buildReport(status, atMs, { region })
  return seen === null ? report : { ...report, result: { ...report.result, certificate: seen } }
}

function expiring(story: Story): number {
  return story.events.filter((name) => name === 'ssl.expiring').length
}

function detailsOf(story: Story): { [name: string]: Json } {
  const event = story.last?.events.find(({ name }) => name === 'ssl.expiring')
  return event?.payload.details as { [name: string]: Json }
}

test('a certificate that ends within a threshold is told of once', () => {
  const cert = certificate('A', 29.5)
  const story = play(newStory(), buildMonitor(), [sight(cert, START_MS)])
  assert.equal(story.state.status, 'UP')
  assert.deepEqual(detailsOf(story), {
    days: 29,
    threshold: 30,
    validTo: new Date(cert.notAfterMs).toISOString().replace('.000', ''),
    subject: 'CN=A',
    issuer: 'CN=CA',
    fingerprint256: 'A',
  })
  const again = play(story, buildMonitor(), [sight(cert, START_MS + 60_000)])
  assert.equal(expiring(again), 1)
})

test('a certificate with more time than the largest threshold is remembered, not told of', () => {
  const story = play(newStory(), buildMonitor(), [sight(certificate('A', 31), START_MS)])
  assert.equal(expiring(story), 0)
  assert.equal(story.state.certificate?.latest.fingerprint, 'A')
})

test('of several thresholds crossed at once, only the most urgent is told', () => {
  const monitor = buildMonitor({}, { config: { sslCertExpiryDays: [40, 30, 20, 7] } })
  const story = play(newStory(), monitor, [sight(certificate('A', 5), START_MS)])
  assert.equal(expiring(story), 1)
  assert.equal(detailsOf(story)['threshold'], 7)
})

test('a renewed certificate starts anew', () => {
  const story = play(newStory(), buildMonitor(), [
    sight(certificate('A', 2), START_MS),
    sight(certificate('B', 90), START_MS + 60_000),
    sight(certificate('B', 90), START_MS + 85 * DAY_MS),
  ])
  assert.equal(expiring(story), 2)
  assert.equal(story.state.certificate?.latest.fingerprint, 'B')
})

test('regions that see different certificates do not tell again and again', () => {
  const [one, other] = [certificate('A', 6), certificate('B', 20)]
  const reports = Array.from({ length: 20 }, (_, at) =>
    sight(at % 2 === 0 ? one : other, START_MS + at * 60_000, at % 2 === 0 ? 'eu' : 'us'),
  )
  assert.equal(expiring(play(newStory(), buildMonitor(), reports, { regions: ['eu', 'us'] })), 2)
})

test('a check that saw no certificate keeps the last known one', () => {
  const story = play(newStory(), buildMonitor(), [
    sight(certificate('A', 6), START_MS),
    sight(null, START_MS + 60_000, 'eu', 'DOWN'),
    sight(certificate('A', 6), START_MS + 120_000),
  ])
  assert.equal(story.state.certificate?.latest.fingerprint, 'A')
  assert.equal(expiring(story), 1)
})

test('a failing check tells of the certificate that it saw', () => {
  const story = play(newStory(), buildMonitor(), [sight(certificate('A', -1), START_MS, 'eu', 'DOWN')])
  assert.equal(detailsOf(story)['days'], -1)
})

test('a paused monitor tells nothing, and after the pause nothing twice', () => {
  const monitor = buildMonitor()
  const before = play(newStory(), monitor, [sight(certificate('A', 6), START_MS)])
  const paused = buildMonitor({}, { isPaused: true })
  const pause = apply(before, decideChange(before.state, monitor, null, buildContext(paused, START_MS + 1_000)))
  assert.equal(expiring(play(pause, paused, [sight(certificate('A', 2), START_MS + 60_000)])), 1)
  const resumed = apply(pause, decideChange(pause.state, paused, null, buildContext(monitor, START_MS + 90_000)))
  assert.equal(expiring(play(resumed, monitor, [sight(certificate('A', 6), START_MS + 120_000)])), 1)
})

const CHANGES: [what: string, before: Parameters<typeof buildMonitor>, after: Parameters<typeof buildMonitor>][] = [
  ['another host', [{ url: 'https://a.example/' }], [{ url: 'https://b.example/' }]],
  ['another port in the address', [{ url: 'https://a.example/' }], [{ url: 'https://a.example:8443/' }]],
  ['another port beside the address', [{ url: 'a.example' }, { config: { port: 443 } }], [{ url: 'a.example' }]],
  [
    'another name to ask for',
    [{}, { config: { requestHeaders: { Host: 'a.example' } } }],
    [{}, { config: { requestHeaders: '{"host": "b.example"}' } }],
  ],
  [
    'another host while it is paused',
    [{ url: 'https://a.example/' }, { isPaused: true }],
    [{ url: 'https://b.example/' }],
  ],
]
for (const [what, before, after] of CHANGES) {
  test(`after a change to ${what}, nothing is known of a certificate, and the new one is told of`, () => {
    const seen = play(newStory(), buildMonitor(before[0]), [sight(certificate('A', 6), START_MS)])
    const [was, is] = [buildMonitor(...before), buildMonitor(...after)]
    const changed = apply(seen, decideChange(seen.state, was, null, buildContext(is, START_MS + 1_000)))
    assert.equal(changed.state.certificate, null)
    assert.equal(expiring(play(changed, is, [sight(certificate('A', 6), START_MS + 60_000)])), 2)
  })
}

test('a change that leaves the server the same keeps what is known of its certificate', () => {
  const was = buildMonitor(
    { url: 'https://me:old@a.example/health?a=1', name: 'A' },
    { config: { requestHeaders: '{"Host": "shop.example", "X-A": "1"}' } },
  )
  const is = buildMonitor(
    { url: 'https://me:new@A.example/status', name: 'B', intervalMs: 30_000 },
    { config: { requestHeaders: { host: 'shop.example' }, verifySsl: false } },
  )
  const seen = play(newStory(), was, [sight(certificate('A', 6), START_MS)])
  const changed = apply(seen, decideChange(seen.state, was, null, buildContext(is, START_MS + 1_000)))
  assert.equal(changed.state.certificate, seen.state.certificate)
  assert.equal(expiring(play(changed, is, [sight(certificate('A', 6), START_MS + 60_000)])), 1)
})

test('what was told is saved, what was seen again need not be', () => {
  const first = play(newStory(), buildMonitor(), [sight(certificate('A', 60), START_MS)])
  const same = play(first, buildMonitor(), [sight(certificate('A', 60), START_MS + 60_000)])
  assert.equal(differsInSubstance(first.state, same.state, 'eu'), false)
  const crossed = play(same, buildMonitor(), [sight(certificate('A', 60), START_MS + 31 * DAY_MS)])
  assert.equal(differsInSubstance(same.state, crossed.state, 'eu'), true)
})

test('a number means itself and each smaller one of the default', () => {
  assert.deepEqual(certificateDays(10), [10, 7, 3, 1])
  assert.deepEqual(certificateDays(30), [30, 14, 7, 3, 1])
  assert.deepEqual(certificateDays(1), [1])
  assert.deepEqual(certificateDays([3, 20, 3]), [20, 3])
  assert.equal(certificateDays(undefined), DEFAULT_CERTIFICATE_DAYS)
})

test('each threshold is told at most once for a certificate, ever smaller ones, across restarts', () => {
  const sighting = fc.record({
    gapMs: fc.integer({ min: 1_000, max: 12 * DAY_MS }),
    fingerprint: fc.constantFrom('A', 'B', 'C', null),
    restart: fc.boolean(),
  })
  const thresholds = fc.oneof(
    fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 1, max: 60 }),
  )
  fc.assert(
    fc.property(fc.array(sighting, { maxLength: 40 }), thresholds, (sightings, sslCertExpiryDays) => {
      const monitor = buildMonitor({}, { config: { sslCertExpiryDays } })
      const days = certificateDays(sslCertExpiryDays)
      const ends = { A: certificate('A', 40), B: certificate('B', 90), C: certificate('C', 10) }
      const told = new Map<string, number[]>()
      let story = newStory(START_MS)
      let nowMs = START_MS
      for (const { gapMs, fingerprint, restart } of sightings) {
        nowMs += gapMs
        const seen = fingerprint === null ? null : ends[fingerprint]
        story = play(story, monitor, [sight(seen, nowMs)])
        const event = story.last?.events.find(({ name }) => name === 'ssl.expiring')
        const now = seen === null ? null : crossedThreshold(seen.notAfterMs, nowMs, days)
        if (event !== undefined) {
          assert.ok(seen !== null)
          assert.equal(detailsOf(story)['threshold'], now)
          told.set(seen.fingerprint, [...(told.get(seen.fingerprint) ?? []), now ?? 0])
        }
        // Nothing that was crossed stays untold.
        if (seen !== null && now !== null) assert.equal(told.get(seen.fingerprint)?.at(-1), now)
        if (restart) story = { ...story, state: JSON.parse(JSON.stringify(story.state)) as MonitorState }
      }
      for (const list of told.values())
        assert.deepEqual(
          list,
          [...new Set(list)].sort((a, b) => b - a),
        )
    }),
  )
})
