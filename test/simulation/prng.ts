/** A seeded source of chance: the same seed and the same calls give the same numbers on every machine. */
export interface Prng {
  /** From 0 up to 1. */
  next(): number
  /** From `min` up to `max`, with fractions. */
  between(min: number, max: number): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  /** The list must not be empty. */
  pick<T>(list: readonly [T, ...T[]]): T
  /** One of the list; undefined when it is empty. */
  some<T>(list: readonly T[]): T | undefined
  /** Waiting time until the next of events that come at random with this mean distance. */
  wait(mean: number): number
  /** A source of its own for one part of the world, so that what one part draws changes nothing for the others. */
  fork(name: string): Prng
}

/** Mulberry32: 32 bits of state are plenty, since each part of the world has its own. */
export function prng(seed: number): Prng {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    some: (list) => list[Math.floor(next() * list.length)],
    wait: (mean) => -Math.log(1 - next()) * mean,
    fork: (name) => prng(fold(name, seed)),
  }
}

/** Folds a text into a number: FNV-1a. */
export function fold(text: string, start = 0x811c9dc5): number {
  let hash = start >>> 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Folds a whole number in, all 53 bits of it. */
export function foldNumber(value: number, start: number): number {
  const low = Math.imul((start >>> 0) ^ (value | 0), 0x01000193)
  return Math.imul(low ^ Math.floor(value / 2 ** 32), 0x01000193) >>> 0
}
