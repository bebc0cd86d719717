import { BENCHMARKS } from './benchmarks.ts'

/** Runs one benchmark by name in this process and hands its rows to the parent. */
const [name = '', mode] = process.argv.slice(2)
const benchmark = await BENCHMARKS[name]?.load()
if (benchmark === undefined) throw new Error(`no benchmark is called ${name}`)
process.send?.(await benchmark({ quick: mode === 'quick' }))
process.disconnect?.()
