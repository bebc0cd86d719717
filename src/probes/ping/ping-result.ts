import { type CheckResult, type Json, NO_PHASES } from '#domain'
import { type Failure, judged } from '../net/failure.ts'
import type { Packet } from './ping-run.ts'

/** What a check measured, by socket or program. */
export interface Measured {
  method: 'socket' | 'program'
  address: string
  family: number
  sent: number
  /** Null where the program does not say. */
  received: number | null
  min: number | null
  avg: number | null
  max: number | null
}

export interface PingOutcome {
  dnsMs: number | null
  measured: Measured | null
  failure: Failure | null
  /** Addresses that could not be used, each with its reason. */
  tried: { address: string; error: string }[]
  packets: Packet[]
  note: string | null
}

/** Percent of the packets that got lost, to two places; null where it is not known. */
export function lossOf({ sent, received }: Pick<Measured, 'sent' | 'received'>): number | null {
  if (received === null || sent === 0) return null
  return Math.round((10_000 * (sent - received)) / sent) / 100
}

/** Sums up packets that were sent over a socket. */
export function measuredOf(packets: readonly Packet[], address: string, family: number): Measured {
  const trips = packets.flatMap(({ ms }) => ms ?? [])
  const none = trips.length === 0
  const sum = trips.reduce((total, each) => total + each, 0)
  return {
    method: 'socket',
    address,
    family,
    sent: packets.length,
    received: trips.length,
    min: none ? null : Math.min(...trips),
    avg: none ? null : sum / trips.length,
    max: none ? null : Math.max(...trips),
  }
}

/** What a check found. */
export function pingResult({ dnsMs, measured, failure, tried, packets, note }: PingOutcome): CheckResult {
  const details = measured === null ? null : { ...detailsOf(measured), ...(note !== null && { note }) }
  return {
    ...judged(failure),
    responseTimeMs: measured?.avg ?? null,
    phases: { ...NO_PHASES, dns: dnsMs },
    statusCode: null,
    details,
    evidence: failure === null ? null : { ...details, ...evidenceOf(packets, tried) },
  }
}

function evidenceOf(packets: readonly Packet[], tried: PingOutcome['tried']): { [name: string]: Json } {
  return {
    packets: packets.map(({ ms, refusal }, i) => ({ packet: i + 1, ms: rounded(ms), refusal })),
    addresses: tried.map(({ address, error }) => ({ address, error })),
  }
}

function detailsOf(measured: Measured): { [name: string]: Json } {
  const { method, address, family, sent, received, min, avg, max } = measured
  const trips = { min: rounded(min), avg: rounded(avg), max: rounded(max) }
  return { address, family, method, sent, received, loss: lossOf(measured), ...trips }
}

/** To a microsecond. */
function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1_000) / 1_000
}
