import type { Json } from '#domain'

type Facts = { readonly [name: string]: Json }
/** A label and what stands behind it. */
type FactLine = readonly [label: string, text: string]

const MAX_LINES = 20

/**
 * What a check found beside times and verdict, as short lines: DNS records, round trips, a certificate's dates, a
 * port's answer. Goes by what the details hold, so that a type needs no line here to be checked.
 */
export function factLines(details: Json): FactLine[] {
  const facts = factsIn(details)
  if (facts === null) return []
  const lines = [...dnsLines(facts), ...pingLines(facts), ...portLines(facts), ...certificateLines(facts)]
  return lines.slice(0, MAX_LINES)
}

/** What is to be said beside the verdict, such as that silence proves nothing. */
export function noteIn(details: Json): string | null {
  return textIn(factsIn(details)?.['note'])
}

function dnsLines({ record, records, server, transport, chain, faults }: Facts): FactLine[] {
  if (!Array.isArray(records) || typeof record !== 'string') return []
  const faultLines = listOf(faults).map(({ error }) => ['fault', words([error])] as const)
  return [
    ...(typeof server === 'string' ? [['asked', words([server, transport && `over ${transport}`])] as const] : []),
    ...(Array.isArray(chain) ? [['alias of', chain.join(' → ')] as const] : []),
    ...listOf(records).map(({ value, ttl }) => [record, words([value, ttl !== null && `(ttl ${ttl} s)`])] as const),
    ...(records.length > 0 || faultLines.length > 1 ? faultLines : []),
  ]
}

function pingLines({ sent, received, loss, min, avg, max, address, method }: Facts): FactLine[] {
  if (typeof loss !== 'number') return []
  return [
    ['packets', `${sent} sent, ${received} received, ${Math.round(loss)} % lost`],
    ...(typeof avg === 'number' ? [['round trip', `${min} ms min, ${avg} ms avg, ${max} ms max`] as const] : []),
    ['address', words([address, method && `(${method})`])],
  ]
}

function portLines({ protocol, address, port, answer, received, failed }: Facts): FactLine[] {
  if (protocol !== 'TCP' && protocol !== 'UDP') return []
  const failures = listOf(failed).map(({ error }) => ['failed', words([error])] as const)
  return [
    // A single failure is the verdict's reason already.
    ...(typeof address === 'string' || failures.length > 1 ? failures : []),
    ...(typeof address === 'string'
      ? [['address', words([address, `port ${port}`, `over ${protocol}`])] as const]
      : []),
    ...(answer === 'silent' ? [['answer', 'none'] as const] : []),
    ...(typeof received === 'string' && received !== '' ? [['answer', received] as const] : []),
  ]
}

function certificateLines({ certificate, daysLeft, protocol, warnings }: Facts): FactLine[] {
  const facts = factsIn(certificate ?? null)
  if (facts === null) return []
  const { subject, issuer, names, validFrom, validTo } = facts
  const left = facts['daysLeft'] ?? daysLeft
  return [
    ['certificate', words([subject])],
    ...(Array.isArray(names) && names.length > 0 ? [['for', names.join(', ')] as const] : []),
    ['issued by', words([issuer])],
    ['valid', words([validFrom, '–', validTo, typeof left === 'number' && `(${left} days left)`])],
    ...(typeof protocol === 'string' ? [['protocol', protocol] as const] : []),
    ...(Array.isArray(warnings) ? warnings.map((warning) => ['warning', words([warning])] as const) : []),
  ]
}

function factsIn(json: Json): Facts | null {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : null
}

function listOf(json: Json | undefined): Facts[] {
  return Array.isArray(json) ? json.map(factsIn).filter((each) => each !== null) : []
}

function textIn(json: Json | undefined): string | null {
  return typeof json === 'string' ? json : null
}

function words(parts: readonly (Json | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ')
}
