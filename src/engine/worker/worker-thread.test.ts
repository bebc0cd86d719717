import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import type { FromWorker } from '../protocol.ts'
import { assign, assignment } from './worker-rig.ts'
import { startWorkerThread, type WorkerThread } from './worker-thread.ts'

let server: Server
let url: string

before(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url === '/broken' ? 500 : 200
    response.end('hello')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${portOf(server)}`
})

after(() => {
  server.close()
  server.closeAllConnections()
})

function portOf(listening: Server): number {
  const address = listening.address()
  assert.ok(address !== null && typeof address === 'object')
  return address.port
}

async function withThread(allowPrivateTargets: boolean, run: (thread: WorkerThread) => Promise<void>): Promise<void> {
  const thread = startWorkerThread({ region: 'local', allowPrivateTargets, userAgent: 'StatusApp/test' })
  try {
    await thread.ready
    await run(thread)
  } finally {
    await thread.stop()
  }
}

/** Messages of the thread as they come, told to whoever waits for one. */
function listen(
  thread: WorkerThread,
): <Kind extends FromWorker['kind']>(kind: Kind) => Promise<Extract<FromWorker, { kind: Kind }>> {
  const said: FromWorker[] = []
  let wake = () => {}
  thread.line.onMessage((message) => {
    said.push(message)
    wake()
  })
  return async <Kind extends FromWorker['kind']>(kind: Kind) => {
    for (;;) {
      const at = said.findIndex((message) => message.kind === kind)
      const [found] = at < 0 ? [] : said.splice(at, 1)
      if (found && isKind(found, kind)) return found
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}

function isKind<Kind extends FromWorker['kind']>(
  message: FromWorker,
  kind: Kind,
): message is Extract<FromWorker, { kind: Kind }> {
  return message.kind === kind
}

test('a worker in a thread checks a real server, reports, beats and drains', async () => {
  await withThread(true, async (thread) => {
    const next = listen(thread)
    thread.line.send(assign(assignment('a', { url, immediate: true })))
    const { sequence, reports } = await next('results')
    assert.equal(sequence, 1)
    assert.equal(reports[0]?.result.status, 'UP')
    assert.equal(reports[0]?.result.statusCode, 200)
    thread.line.send({ kind: 'ask', askId: 1, assignment: assignment('b', { url: `${url}/broken` }) })
    assert.equal((await next('answer')).result.status, 'DOWN')
    assert.ok((await next('alive')).atMs > 0)
    thread.line.send({ kind: 'drain' })
    await next('drained')
  })
})

test('a thread is told when private targets are no longer allowed', async () => {
  await withThread(true, async (thread) => {
    const next = listen(thread)
    thread.line.send({ kind: 'settings', allowPrivateTargets: false })
    thread.line.send({ kind: 'ask', askId: 1, assignment: assignment('a', { url }) })
    assert.notEqual((await next('answer')).result.status, 'UP')
  })
})

test('a thread that was stopped ends as expected; one that dies does not', async () => {
  const stopped = startWorkerThread({ region: 'local', allowPrivateTargets: true, userAgent: 'StatusApp/test' })
  await stopped.ready
  await stopped.stop()
  assert.deepEqual(await new Promise((resolve) => stopped.onExit(resolve)), { isExpected: true, error: null })

  const broken = startWorkerThread({ region: 'local', allowPrivateTargets: true, userAgent: 'StatusApp/test' })
  await broken.ready
  // A message that no worker understands kills it.
  broken.line.send({ kind: 'assign', add: [JSON.parse('null')], remove: [] })
  const exit = await new Promise<{ isExpected: boolean; error: Error | null }>((resolve) => broken.onExit(resolve))
  assert.equal(exit.isExpected, false)
  assert.ok(exit.error instanceof Error)
})
