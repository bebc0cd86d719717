import { CLOSING } from './closing.ts'
import { MONITORS } from './monitors.ts'
import { OPENING } from './opening.ts'
import { RESOURCES } from './resources.ts'
import { SAMPLES } from './samples.ts'

/** Every section of the reference that says something, in its order. */
export const SECTIONS = [...OPENING, ...MONITORS, ...RESOURCES, ...SAMPLES, ...CLOSING]
