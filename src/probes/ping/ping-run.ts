import type { Clock, Timer } from '#domain'
import type { Deadline } from '../net/deadline.ts'
import type { PingAddress } from './addresses.ts'
import type { EchoToSend } from './echoes.ts'

/** What became of one packet. */
export interface Packet {
  /** Round trip in ms with fractions; null without a reply. */
  ms: number | null
  /** Why it can't have a reply, in words or as a code of the system; null when there was just none. */
  refusal: string | null
}

/** What a check saw of one address. */
export interface PingSeen {
  packets: Packet[]
  /** The first packet could not be sent, with this code: nothing was measured. */
  unsent: string | null
}

export interface PingPlan {
  address: PingAddress
  packets: number
  dataBytes: number
  clock: Clock
  timeoutMs: number
}

const INTERVAL_MS = 200
/** Once something has come back, how long the rest is waited for: this, or some times the slowest. */
const STRAGGLER_MS = 1_000
const STRAGGLER_FACTOR = 3

/**
 * Sends the packets of one check and waits for their replies: until all have come, at most until the deadline. When
 * something came back, the rest is given up a second (or three times the slowest) after that and the last packet.
 */
export function runPing(plan: PingPlan, send: (echo: EchoToSend) => () => void, deadline: Deadline): Promise<PingSeen> {
  const { address, dataBytes, clock, timeoutMs } = plan
  const { promise, resolve } = Promise.withResolvers<PingSeen>()
  // All are sent in the first half of the time, so that the last one has a chance.
  const intervalMs = Math.min(INTERVAL_MS, timeoutMs / 2 / plan.packets)
  const packets: Packet[] = []
  const forgets: (() => void)[] = []
  let settled = 0
  let timer: Timer | null = null

  function end(unsent: string | null): void {
    timer?.cancel()
    for (const forget of forgets) forget()
    resolve({ packets, unsent })
  }

  function settle(packet: Packet, fate: Partial<Packet>): void {
    Object.assign(packet, fate)
    settled++
    if (settled === plan.packets) end(null)
    else if (packets.length === plan.packets) awaitStragglers()
  }

  function sendNext(): void {
    const packet: Packet = { ms: null, refusal: null }
    packets.push(packet)
    const isFirst = packets.length === 1
    const fate = {
      onReply: (ms: number) => settle(packet, { ms }),
      onRefused: (refusal: string) => settle(packet, { refusal }),
      onUnsent: (code: string) => (isFirst ? end(code) : settle(packet, { refusal: code })),
    }
    forgets.push(send({ address, dataBytes, clock, fate }))
    if (packets.length < plan.packets) timer = clock.schedule(intervalMs, sendNext)
    else awaitStragglers()
  }

  function awaitStragglers(): void {
    if (settled === 0) return
    const slowestMs = Math.max(...packets.map(({ ms }) => ms ?? 0))
    timer?.cancel()
    timer = clock.schedule(Math.max(STRAGGLER_MS, STRAGGLER_FACTOR * slowestMs), () => end(null))
  }

  deadline.begin('while waiting for replies', () => end(null))
  if (deadline.failure === null) sendNext()
  return promise
}
