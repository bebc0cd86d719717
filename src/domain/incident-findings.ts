import type { Findings, Incident } from './incident.ts'

const FINDINGS = ['severity', 'rootCause', 'rootCauseCategory'] as const satisfies readonly (keyof Findings)[]
type Finding = (typeof FINDINGS)[number]

/** What an incident says where neither the engine nor people have said anything. */
export const NOTHING_FOUND: Findings = { severity: 'MEDIUM', rootCause: '', rootCauseCategory: 'UNKNOWN' }

/** An incident after a change by the engine: what people have set stands, and what was found meanwhile waits behind it. */
export function withFindings(incident: Incident, change: Partial<Incident>): Incident {
  const next = { ...incident, ...change }
  const set = FINDINGS.filter((field) => field in incident.found)
  if (set.length === 0) return next
  return { ...next, ...only(incident, set), found: only(next, set) }
}

/** An incident after people have set findings; null gives the engine's own back. */
export function setFindings(
  incident: Incident,
  given: { [field in Finding]?: Findings[field] | null },
): Pick<Incident, Finding | 'found'> {
  const found = { ...incident.found }
  const shown = only(incident, FINDINGS)
  for (const field of FINDINGS) {
    const value = given[field]
    if (value === undefined || value === incident[field]) continue
    if (value === null) {
      copy(shown, field in found ? found : incident.monitorId === null ? NOTHING_FOUND : incident, field)
      delete found[field]
    } else {
      if (!(field in found) && incident.monitorId !== null) copy(found, incident, field)
      copy(shown, given, field)
    }
  }
  return { ...incident, ...shown, found }
}

function only(from: Findings, fields: readonly Finding[]): Partial<Findings> {
  const picked: Partial<Findings> = {}
  for (const field of fields) copy(picked, from, field)
  return picked
}

function copy<Field extends Finding>(
  to: Partial<Findings>,
  from: { [field in Field]?: Findings[field] | null },
  field: Field,
): void {
  const value = from[field]
  if (value !== undefined && value !== null) to[field] = value
}
