import type { CheckReport } from '../check.ts'
import { decideCheck, dismissal } from '../confirmation.ts'
import type { Decision, DecisionContext } from '../decision.ts'
import type { Incident } from '../incident.ts'
import type { Monitor } from '../monitor.ts'
import type { Span } from '../span.ts'
import { type MonitorState, pendingState } from '../state.ts'
import { at, buildContext } from './build.ts'

/** What has happened to a monitor so far. */
export interface Story {
  state: MonitorState
  openIncident: Incident | null
  incidents: Incident[]
  events: string[]
  spans: Span[]
  /** The newest decision, null for a dismissed report. */
  last: Decision | null
}

export function newStory(startMs = at('00:00')): Story {
  return { state: pendingState(startMs, null), openIncident: null, incidents: [], events: [], spans: [], last: null }
}

/** Plays reports in order of arrival, as the engine would, deciding on each at its own time unless told otherwise. */
export function play(
  story: Story,
  monitor: Monitor,
  reports: CheckReport[],
  rest: Partial<DecisionContext> = {},
): Story {
  return reports.reduce((before, report) => playOne(before, monitor, report, rest), story)
}

function playOne(story: Story, monitor: Monitor, report: CheckReport, rest: Partial<DecisionContext>): Story {
  const context = buildContext(monitor, report.startedAtMs, { openIncident: story.openIncident, ...rest })
  if (dismissal(story.state, report, context) !== null) return { ...story, last: null }
  return apply(story, decideCheck(story.state, report, context))
}

/** The story after a decision. */
export function apply(story: Story, decision: Decision): Story {
  const touched = decision.opened ?? decision.changed
  return {
    state: decision.state,
    openIncident: touched === null ? story.openIncident : touched.resolvedAtMs === null ? touched : null,
    incidents:
      touched === null
        ? story.incidents
        : [...story.incidents.filter(({ startedAtMs }) => startedAtMs !== touched.startedAtMs), touched],
    events: [...story.events, ...decision.events.map(({ name }) => name)],
    spans: [...story.spans, ...decision.endedSpans],
    last: decision,
  }
}
