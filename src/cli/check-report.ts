import type { CheckResult, Json, Phases } from '#domain'
import { factLines, noteIn } from './check-facts.ts'
import { printable } from './printable.ts'

const PHASE_LABELS: readonly (readonly [keyof Phases, string])[] = [
  ['dns', 'name lookup'],
  ['connect', 'connect'],
  ['tls', 'TLS'],
  ['firstByte', 'first byte'],
  ['download', 'download'],
]

/** A check for people: a line per phase that happened, the total, what the type found, and the verdict with its reason. */
export function checkLines(result: CheckResult): string[] {
  const lines: string[] = []
  for (const [phase, label] of PHASE_LABELS) {
    const ms = result.phases[phase]
    if (ms !== null) lines.push(timeLine(label, ms))
  }
  if (result.responseTimeMs !== null) lines.push(timeLine('total', result.responseTimeMs))
  for (const [label, text] of factLines(result.details)) lines.push(printable(`${label.padEnd(12)} ${text}`))
  return [...lines, verdictLine(result)]
}

function timeLine(label: string, ms: number): string {
  return `${label.padEnd(12)}${ms.toFixed(1).padStart(9)} ms`
}

function verdictLine({ status, error, statusCode, localFault, details }: CheckResult): string {
  const reason = error ?? (statusCode === null ? noteIn(details) : `status ${statusCode}`)
  const doubt = localFault && status === 'DOWN' ? ' (the fault may lie on this side)' : ''
  return printable(`${status}${reason === null ? '' : `: ${reason}`}${doubt}`)
}

/** A check for programs, in the shape of the API's check results. Times in ms. */
export function presentCheck(result: CheckResult, checkedAtMs: number): { [field: string]: Json } {
  return {
    status: result.status,
    checkedAt: new Date(checkedAtMs).toISOString(),
    statusCode: result.statusCode,
    responseTime: result.responseTimeMs,
    phases: { ...result.phases },
    error: result.error,
    rootCauseCategory: result.category,
    details: result.details,
  }
}
