import { parseArgs } from 'node:util'
import { attack } from './attack.ts'

/** `npm run attack -- --requests 20000 --seed 7`: prints what was answered, and each fault with a request that shows it. */
const { values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } })
const requests = Number(values.requests ?? 20_000)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const { sent, statuses, faults } = await attack({ requests, seed })
console.log(`${sent} requests, seed ${seed}`)
for (const [status, count] of [...statuses].toSorted()) console.log(`${status}: ${count}`)
for (const [fault, example] of faults) console.log(`\n${fault}\n  ${example}`)
process.exit(faults.size === 0 ? 0 : 1)
