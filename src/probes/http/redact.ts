import type { CheckResult, Json } from '#domain'
import { MASK } from './credentials.ts'

/** Shorter ones are words that stand anywhere by accident. */
const SHORTEST_SECRET = 4

/** A value with every secret in its texts shown as `••••`: servers repeat in answers what they were sent. */
export function redact<Value extends Json>(value: Value, secrets: readonly string[]): Value
export function redact(value: Json, secrets: readonly string[]): Json {
  if (typeof value === 'string') return redactText(value, secrets)
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redactText(name, secrets), redact(item, secrets)]),
  )
}

/** A result in which no secret can be read. */
export function withoutSecrets(result: CheckResult, secrets: readonly string[]): CheckResult {
  if (secrets.length === 0) return result
  const { error, details, evidence } = result
  return {
    ...result,
    error: redact(error, secrets),
    details: redact(details, secrets),
    evidence: redact(evidence, secrets),
  }
}

/** Longest first, so that no rest of a longer secret stays. */
export function bySize(secrets: readonly string[]): string[] {
  return [...new Set(secrets)].filter(({ length }) => length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length)
}

function redactText(text: string, secrets: readonly string[]): string {
  let shown = text
  for (const secret of secrets) shown = shown.replaceAll(secret, MASK)
  return shown
}
