const CONCURRENCY = 32

/** Checks per second of this process's CPU time, all threads counted. */
export async function perCpuSecond(check: () => Promise<void>, count: number): Promise<number> {
  let left = count
  const before = process.cpuUsage()
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left-- > 0) await check()
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return (count * 1e6) / (user + system)
}

const ROUNDS = 12

/**
 * The best of some rounds of a quarter of `count` each, taken in turn after a warm-up. The rounds are short, since a
 * machine's mood changes within a second, and both must meet its best one.
 */
export async function bestOf<Name extends string>(
  checks: { readonly [name in Name]: () => Promise<void> },
  count: number,
): Promise<{ [name in Name]: number }> {
  const names = Object.keys(checks) as Name[]
  const best = Object.fromEntries(names.map((name) => [name, 0])) as { [name in Name]: number }
  const share = Math.ceil(count / 4)
  for (const name of names) await perCpuSecond(checks[name], share)
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) best[name] = Math.max(best[name], await perCpuSecond(checks[name], share))
  }
  return best
}
