import type { Monitor } from '#domain'
import type { SimulatedClock } from '#engine'
import type { Disturbances } from './disturbances.ts'
import type { Trace } from './trace.ts'

/** A rule that did not hold. */
export interface Violation {
  /** The number of the invariant in the design, or `spans`, `truth`, `end`. */
  invariant: string
  about: string
  message: string
  /** Simulated moment, as the wall clock showed it. */
  moment: string
}

/** What every rule may ask of the world. */
export interface Facts {
  clock: SimulatedClock
  disturbances: Disturbances
  trace: Trace
  /** Notes that a rule does not hold; the first one ends the run. */
  violate(invariant: string, about: string, message: string): void
  /** The regions that the running engine takes for active for this monitor. */
  regionsFor(monitor: Monitor): string[]
}
