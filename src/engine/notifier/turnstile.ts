/** Lets at most so many tasks of a key run at once; the others wait in order of arrival. Keys don't wait for each other. */
export interface Turnstile {
  /** The task must not reject. */
  enter(key: string, task: () => Promise<void>): void
  /** Resolves when nothing runs; at once if so already. */
  idle(): Promise<void>
}

export function createTurnstile(limit: number): Turnstile {
  const keys = new Map<string, { running: number; waiting: (() => Promise<void>)[] }>()
  let whenIdle: (() => void)[] = []

  function run(key: string, task: () => Promise<void>): void {
    void task().then(() => leave(key))
  }

  function leave(key: string): void {
    const state = keys.get(key)
    if (state === undefined) return
    const next = state.waiting.shift()
    if (next !== undefined) {
      run(key, next)
      return
    }
    state.running--
    if (state.running > 0) return
    keys.delete(key)
    if (keys.size > 0) return
    for (const resolve of whenIdle) resolve()
    whenIdle = []
  }

  return {
    enter(key, task) {
      const state = keys.get(key) ?? { running: 0, waiting: [] }
      keys.set(key, state)
      if (state.running >= limit) {
        state.waiting.push(task)
        return
      }
      state.running++
      run(key, task)
    },
    idle() {
      return keys.size === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))
    },
  }
}
