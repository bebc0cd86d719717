/** First checks that may start at once, and in each window after. */
const PER_WINDOW = 50
const WINDOW_MS = 100

/**
 * Gives first checks their turn: the next one is due at the time that a call answers. Some start at once; when
 * thousands arrive together, the rest queue in order, evenly, 50 in 100 ms.
 */
export function firstCheckPace(): (nowMs: number) => number {
  let windowMs = Number.NEGATIVE_INFINITY
  let taken = 0
  return (nowMs) => {
    if (nowMs >= windowMs + WINDOW_MS) {
      windowMs = nowMs
      taken = 0
    } else if (taken === PER_WINDOW) {
      windowMs += WINDOW_MS
      taken = 0
    }
    const turnMs = windowMs > nowMs ? windowMs + (taken * WINDOW_MS) / PER_WINDOW : nowMs
    taken++
    return turnMs
  }
}
