/** Runs tasks of the same key one after the other, so that read, change, write is not interleaved. */
export type InTurn = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>

/** For the tasks of this process; a task that fails does not hold up the next. */
export function inTurn(): InTurn {
  const tails = new Map<string, Promise<unknown>>()
  return (key, task) => {
    const before = tails.get(key) ?? Promise.resolve()
    const result = before.then(task, task)
    const tail = result.then(
      () => undefined,
      () => undefined,
    )
    tails.set(key, tail)
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key)
    })
    return result
  }
}
