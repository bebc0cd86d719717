import { parseArgs } from 'node:util'
import { type Outcome, simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    monitors: { type: 'string', default: '60' },
  },
})

const first = number('seed', values.seed)
const days = number('days', values.days)
const monitors = number('monitors', values.monitors)
let failed = 0
for (let seed = first; seed < first + number('seeds', values.seeds); seed++) {
  const startedMs = performance.now()
  const outcome = await simulate({ seed, hours: days * 24, monitors })
  report(seed, outcome, (performance.now() - startedMs) / 1_000)
  if (outcome.violation !== null) failed++
}
process.exitCode = failed === 0 ? 0 : 1

function report(seed: number, { violation, lines, hash, figures }: Outcome, seconds: number): void {
  const facts = Object.entries(figures).map(([name, value]) => `${Math.round(value * 10) / 10} ${words(name)}`)
  console.log(`seed ${seed}: ${facts.join(', ')}; ${seconds.toFixed(1)} s, trace ${hash}`)
  if (violation === null) return
  console.log(`\n${lines.join('\n')}`)
  console.log(`\nInvariant ${violation.invariant} does not hold at ${violation.moment} for ${violation.about}:`)
  console.log(`  ${violation.message}`)
  console.log(`Replay: npm run simulate -- --seed ${seed} --days ${days} --monitors ${monitors}\n`)
}

/** `simulatedHours` as `simulated hours`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function number(name: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  console.error(`--${name} must be a number above 0, but is ${text}`)
  return process.exit(2)
}
