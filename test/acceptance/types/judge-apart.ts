import { APART } from './apart-cases.ts'
import { Stage } from './stage.ts'
import { judgeCase, startServer } from './verdicts.ts'

// Run in a network of its own by apart.test.ts: judges the cases of one place, and prints what went wrong with each.
const [place = ''] = process.argv.slice(2)
const stage = new Stage()
try {
  const { client } = await startServer(stage)
  const outcomes = await Promise.all(
    (APART[place] ?? []).map(async (each): Promise<[string, string | null]> => {
      const wrong = await judgeCase(client, each.type, each).then(
        () => null,
        (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
      )
      return [`${each.type} ${each.name}`, wrong]
    }),
  )
  console.log(JSON.stringify(Object.fromEntries(outcomes)))
} finally {
  await stage.close()
}
