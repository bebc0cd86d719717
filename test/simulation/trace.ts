import { fold, foldNumber } from './prng.ts'

const LINES_KEPT = 60

/** What happened, line by line: folded into one number that two runs of a seed share, the newest kept for people. */
export interface Trace {
  /** `about`: a monitor's id, or `world`. */
  add(about: string, line: string): void
  /** Counts into the hash what is too common to be kept for people. */
  count(about: string, line: string): void
  /** Newest lines about something and about the world, in order. */
  lines(about: string): string[]
  hash(): string
  length(): number
}

/** `nowMs`: wall time. */
export function newTrace(nowMs: () => number): Trace {
  const kept = new Map<string, { order: number; text: string }[]>()
  let hash = 0x811c9dc5
  let count = 0
  function take(about: string, line: string): void {
    hash = fold(line, fold(about, foldNumber(nowMs(), hash)))
    count++
  }
  return {
    count: take,
    add(about, line) {
      take(about, line)
      const text = `${new Date(nowMs()).toISOString()} ${about} ${line}`
      const lines = kept.get(about) ?? []
      if (lines.length === 0) kept.set(about, lines)
      lines.push({ order: count, text })
      if (lines.length > LINES_KEPT) lines.shift()
    },
    lines(about) {
      const own = kept.get(about) ?? []
      const world = about === 'world' ? [] : (kept.get('world') ?? [])
      const merged = [...own, ...world].sort((a, b) => a.order - b.order)
      return merged.slice(-LINES_KEPT).map(({ text }) => text)
    },
    hash: () => hash.toString(16).padStart(8, '0'),
    length: () => count,
  }
}
