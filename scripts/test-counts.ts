import type { TestEvent } from 'node:test/reporters'

/** Reporter for `node --test`: one line, `N passed, N failed`, with `, N skipped` where some were. */
export default async function* testCounts(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    // A summary without a file is the one over all files.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue
    const { passed, skipped, todo, tests } = event.data.counts
    const failed = tests - passed - skipped - todo
    const left = skipped + todo
    yield `${passed} passed, ${failed} failed${left > 0 ? `, ${left} skipped` : ''}\n`
  }
}
