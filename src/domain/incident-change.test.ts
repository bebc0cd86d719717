import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Incident, SEVERITIES, UNTOUCHED } from './incident.ts'
import { decideIncidentChange, decideOpening, type IncidentChange, type IncidentDecision } from './incident-change.ts'
import { withFindings } from './incident-findings.ts'
import { UPDATE_STATUSES } from './incident-update.ts'
import { at } from './kit/build.ts'

const BY = { id: 'key_a', name: 'Ana' }

const OUTAGE: Incident = {
  ...UNTOUCHED,
  id: 'inc_a',
  accountId: 'acc_a',
  monitorId: 'mon_a',
  monitorName: 'Shop',
  number: 1,
  startedAtMs: at('10:00'),
  resolvedAtMs: null,
  resolution: null,
  severity: 'HIGH',
  rootCause: 'expected status 200, got 500',
  rootCauseCategory: 'SERVER_ERROR',
  affectedRegions: ['eu'],
  checksFailed: 3,
  checksTotal: 3,
  evidence: null,
}
const BY_HAND: Incident = { ...OUTAGE, monitorId: null, monitorName: null, title: 'Slow', rootCause: '' }

function decide(incident: Incident, change: IncidentChange, nowMs = at('10:05')): IncidentDecision {
  let ids = 0
  const decision = decideIncidentChange(incident, change, { by: BY, nowMs, newId: (prefix) => `${prefix}_${ids++}` })
  assert.ok(!('refusal' in decision), JSON.stringify(decision))
  return decision
}

function refusal(incident: Incident, change: IncidentChange): string {
  const decision = decideIncidentChange(incident, change, { by: BY, nowMs: at('10:05'), newId: () => 'upd_0' })
  assert.ok('refusal' in decision)
  return decision.refusal
}

const resolve: IncidentChange = { kind: 'resolve', message: null, isPublic: null }
const acknowledge: IncidentChange = { kind: 'acknowledge' }

test('acknowledging says who and when, once, and leaves a private line in the timeline', () => {
  const { incident, updates, event } = decide(OUTAGE, acknowledge)
  assert.deepEqual(incident.acknowledged, { atMs: at('10:05'), by: BY })
  assert.equal(event, 'incident.updated')
  assert.deepEqual(
    updates.map(({ status, message, isPublic }) => [status, message, isPublic]),
    [['update', 'Acknowledged by Ana.', false]],
  )
  const again = decide(incident, acknowledge, at('10:09'))
  assert.deepEqual(again, { incident, updates: [], event: null, details: {} })
})

test('resolving by hand ends an incident once; the second time nothing is told', () => {
  const { incident, updates, event } = decide(OUTAGE, resolve)
  assert.deepEqual(
    [incident.resolvedAtMs, incident.resolution, incident.resolvedBy, incident.stage],
    [at('10:05'), 'manual', BY, 'resolved'],
  )
  assert.deepEqual([event, updates.length, updates[0]?.status], ['incident.resolved', 1, 'resolved'])
  const again = decide(incident, resolve, at('10:09'))
  assert.deepEqual([again.incident, again.updates, again.event], [incident, [], null])
  assert.match(refusal(incident, acknowledge), /resolved already/)
})

test('an incident never ends before it began', () => {
  assert.equal(decide(OUTAGE, resolve, at('09:00')).incident.resolvedAtMs, OUTAGE.startedAtMs)
})

test('each status moves the stage, `update` leaves it, and nothing but `update` follows the end', () => {
  const say = (status: (typeof UPDATE_STATUSES)[number]): IncidentChange => ({
    kind: 'update',
    status,
    message: 'x',
    isPublic: null,
  })
  const identified = decide(OUTAGE, say('identified')).incident
  assert.equal(identified.stage, 'identified')
  assert.equal(decide(identified, say('update')).incident.stage, 'identified')
  const over = decide(identified, say('resolved')).incident
  assert.equal(over.resolution, 'manual')
  assert.equal(decide(over, say('update')).incident.resolvedAtMs, over.resolvedAtMs)
  assert.match(refusal(over, say('monitoring')), /resolved/)
  assert.match(refusal(over, say('resolved')), /resolved/)
})

test('an entry is as public as its incident unless it says otherwise', () => {
  const hidden = { ...OUTAGE, isPublic: false }
  const say = (isPublic: boolean | null): IncidentChange => ({
    kind: 'update',
    status: 'update',
    message: 'x',
    isPublic,
  })
  assert.deepEqual(
    [null, true, false].map((isPublic) => decide(hidden, say(isPublic)).updates[0]?.isPublic),
    [false, true, false],
  )
})

test('an edit names what changed; the same values, and the title as it is shown, change nothing', () => {
  const edit = { severity: 'LOW', assignee: 'bo', title: 'Shop is down' } as const
  const { incident, event, details } = decide(OUTAGE, { kind: 'edit', edit })
  assert.deepEqual([incident.severity, incident.assignee, incident.title, incident.revision], ['LOW', 'bo', null, 1])
  assert.equal(event, 'incident.updated')
  assert.deepEqual(details['changed'], ['severity', 'assignee'])
  const same = decide(incident, { kind: 'edit', edit })
  assert.deepEqual([same.event, same.incident], [null, incident])
})

test('what people set stands against what the engine finds, and null gives back the newest finding', () => {
  const set = decide(OUTAGE, { kind: 'edit', edit: { severity: 'LOW' } }).incident
  const wider = withFindings(set, { severity: 'CRITICAL', affectedRegions: ['eu', 'us'] })
  assert.deepEqual([wider.severity, wider.affectedRegions], ['LOW', ['eu', 'us']])
  const back = decide(wider, { kind: 'edit', edit: { severity: null } }).incident
  assert.deepEqual([back.severity, back.found], ['CRITICAL', {}])
})

test('where the engine found nothing, null gives the default', () => {
  const set = decide(BY_HAND, { kind: 'edit', edit: { severity: 'LOW', rootCause: 'A cable' } }).incident
  const edit = { severity: null, rootCause: null, rootCauseCategory: null }
  const back = decide(set, { kind: 'edit', edit }).incident
  assert.deepEqual([back.severity, back.rootCause, back.rootCauseCategory], ['MEDIUM', '', 'UNKNOWN'])
})

test('an incident opened by people tells what it is called and what was said', () => {
  const context = { by: BY, nowMs: at('10:05'), newId: () => 'upd_0' }
  const opened = decideOpening(BY_HAND, 'We see it.', context)
  assert.equal(opened.event, 'incident.created')
  assert.deepEqual(opened.details, {
    title: 'Slow',
    stage: 'investigating',
    update: { status: 'investigating', message: 'We see it.', isPublic: true, by: 'Ana' },
  })
  const over = decideOpening({ ...BY_HAND, stage: 'resolved' }, 'It was slow.', context).incident
  assert.deepEqual([over.resolvedAtMs, over.resolution, over.resolvedBy], [at('10:05'), 'manual', BY])
})

test('whatever people and the engine do in turn, an incident ends once and people keep what they set', () => {
  const severity = fc.constantFrom(...SEVERITIES)
  const change: fc.Arbitrary<IncidentChange | { kind: 'engine'; severity: (typeof SEVERITIES)[number] }> = fc.oneof(
    fc.constant(acknowledge),
    fc.constant(resolve),
    fc.record({
      kind: fc.constant('edit' as const),
      edit: fc.record({ severity: fc.option(severity), title: fc.option(fc.string()) }),
    }),
    fc.record({
      kind: fc.constant('update' as const),
      status: fc.constantFrom(...UPDATE_STATUSES),
      message: fc.string(),
      isPublic: fc.constant(null),
    }),
    fc.record({ kind: fc.constant('engine' as const), severity }),
  )
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      let incident = OUTAGE
      let own: (typeof SEVERITIES)[number] | null = null
      let found = OUTAGE.severity
      let ends = 0
      for (const [n, one] of changes.entries()) {
        if (one.kind === 'engine') {
          found = one.severity
          incident = withFindings(incident, { severity: found })
        } else {
          const context = { by: BY, nowMs: at('10:05') + n, newId: () => `upd_${n}` }
          const decision = decideIncidentChange(incident, one, context)
          if ('refusal' in decision) continue
          if (decision.event === 'incident.resolved') ends++
          if (one.kind === 'edit' && one.edit.severity !== undefined)
            own = one.edit.severity === incident.severity ? own : one.edit.severity
          incident = decision.incident
        }
        assert.equal(incident.severity, own ?? found)
      }
      assert.equal(ends, incident.resolvedAtMs === null ? 0 : 1)
    }),
  )
})
