import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { realClock } from './clock.ts'
import { OutboundError } from './outbound-error.ts'
import { createOutboundHttp } from './outbound-http.ts'

const http = createOutboundHttp({ refusal: () => null, clock: realClock, userAgent: 'StatusApp-Webhook/0.0.0' })
const never = () => AbortSignal.timeout(5_000)

async function listen(t: TestContext, server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const serve = (t: TestContext, listener: RequestListener) => listen(t, createServer(listener))
const speak = (t: TestContext, onSocket: (socket: Socket) => void) => listen(t, createTcpServer(onSocket))

async function fault(work: Promise<unknown>): Promise<OutboundError> {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof OutboundError)
    return error
  }
  return assert.fail('expected it to reject')
}

test('a post carries body, headers, length and user agent, and brings the answer', async (t) => {
  const seen: object[] = []
  const port = await serve(t, (request, response) => {
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      const { authorization, 'content-length': length, 'user-agent': agent, 'x-a': own, connection } = request.headers
      seen.push({ method: request.method, url: request.url, body, authorization, length, agent, own, connection })
      response.writeHead(201, { 'Retry-After': '7' }).end('thanks ü')
    })
  })
  const answer = await http.post(`http://me:p%40ss@127.0.0.1:${port}/hook?a=b`, '{"ü":1}', { 'X-A': 'é' }, never())
  assert.deepEqual(answer, { statusCode: 201, body: 'thanks ü', retryAfterS: 7 })
  assert.deepEqual(seen, [
    {
      method: 'POST',
      url: '/hook?a=b',
      body: '{"ü":1}',
      authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
      length: '8',
      agent: 'StatusApp-Webhook/0.0.0',
      own: 'é',
      connection: 'close',
    },
  ])
})

test('a redirect is answered as it is and not followed', async (t) => {
  let requests = 0
  const port = await serve(t, (_, response) => {
    requests++
    response.writeHead(307, { Location: '/elsewhere' }).end()
  })
  assert.equal((await http.post(`http://127.0.0.1:${port}/`, '{}', {}, never())).statusCode, 307)
  assert.equal(requests, 1)
})

test('of a long answer the first 2 KB are kept and the connection ends', async (t) => {
  let sent = 0
  const port = await speak(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const flood = () => {
      while (!socket.destroyed && socket.write('é'.repeat(8_192))) sent++
      socket.once('drain', flood)
    }
    flood()
  })
  const answer = await http.post(`http://127.0.0.1:${port}/`, '{}', {}, never())
  assert.equal(answer.body, 'é'.repeat(1024))
  assert.ok(sent < 5_000)
})

test('a body that drips does not hold up an answer whose status is known', async (t) => {
  const port = await speak(t, (socket) => {
    socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 1000\r\n\r\nok')
  })
  const startedMs = performance.now()
  const answer = await http.post(`http://127.0.0.1:${port}/`, '{}', {}, never())
  assert.deepEqual([answer.statusCode, answer.body], [202, 'ok'])
  assert.ok(performance.now() - startedMs < 2_500)
})

test('the policy is asked for a literal address and for what a name resolves to; nothing is sent', async (t) => {
  let connections = 0
  const port = await speak(t, () => connections++)
  const asked = new Set<string>()
  const guarded = createOutboundHttp({
    refusal: (address) => {
      asked.add(address)
      return `${address} is not allowed here`
    },
    clock: realClock,
    userAgent: 'x',
  })
  for (const host of ['127.0.0.1', '0x7f000001', 'localhost', '[::1]', '[::ffff:127.0.0.1]']) {
    const error = await fault(guarded.post(`http://${host}:${port}/`, '{}', {}, never()))
    assert.match(error.message, /is not allowed here$/)
    assert.equal(error.permanent, true)
  }
  assert.ok(asked.has('127.0.0.1') && asked.has('::1') && asked.has('::ffff:7f00:1'))
  assert.equal(connections, 0)
})

test('of the addresses of a name, only the allowed ones are connected to', async (t) => {
  const port = await serve(t, (_, response) => response.end())
  const guarded = createOutboundHttp({
    refusal: (address) => (address === '127.0.0.1' ? null : 'refused'),
    clock: realClock,
    userAgent: 'x',
  })
  assert.equal((await guarded.post(`http://localhost:${port}/`, '{}', {}, never())).statusCode, 200)
})

test('each fault of the connection is a sentence without path, query or user', async (t) => {
  const closing = await speak(t, (socket) => socket.destroy())
  const garbage = await speak(t, (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
  const switching = await speak(t, (socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
  })
  const gone = createTcpServer()
  const closed = await new Promise<number>((done) =>
    gone.listen(0, '127.0.0.1', () => {
      const { port } = gone.address() as AddressInfo
      gone.close(() => done(port))
    }),
  )
  const cases: [scheme: string, port: number, sentence: RegExp][] = [
    ['http', closed, /^127\.0\.0\.1:\d+ refused the connection$/],
    ['http', closing, /^127\.0\.0\.1:\d+ closed the connection before a whole answer came$/],
    ['http', garbage, /^127\.0\.0\.1:\d+ sent something that is not an HTTP answer \(HPE_\w+\)$/],
    ['http', switching, /^127\.0\.0\.1:\d+ switched protocols instead of answering$/],
    ['https', garbage, /^127\.0\.0\.1:\d+ did not agree on a TLS connection \(\w+\)$/],
  ]
  for (const [scheme, port, sentence] of cases) {
    const error = await fault(
      http.post(`${scheme}://user:hunter2@127.0.0.1:${port}/pa7h?token=s3cret`, '{}', { 'X-A': 'va1ue' }, never()),
    )
    assert.match(error.message, sentence)
    assert.equal(error.permanent, false)
    assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /hunter2|pa7h|s3cret|va1ue/)
  }
})

test('a name that does not exist is said to be so', async () => {
  const error = await fault(http.post('http://no-such-name.invalid/', '{}', {}, never()))
  assert.match(error.message, /^no-such-name\.invalid could not be (found|looked up)/)
})

test('what is no http address is refused for good', async () => {
  for (const url of ['ftp://127.0.0.1/', 'not a url', 'file:///etc/passwd']) {
    assert.equal((await fault(http.post(url, '{}', {}, never()))).permanent, true)
  }
})

test('the signal ends it and frees the socket', async (t) => {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  const port = await speak(t, (socket) => {
    socket.resume()
    socket.on('close', () => resolve())
  })
  const error = await fault(http.post(`http://127.0.0.1:${port}/`, '{}', {}, AbortSignal.timeout(50)))
  assert.match(error.message, /gave no answer in time$/)
  await closed
})

test('a date in Retry-After counts from now, and nonsense counts for nothing', async (t) => {
  const values = [new Date(Date.now() + 60_000).toUTCString(), 'soon', new Date(0).toUTCString()]
  const port = await serve(t, (_, response) => response.writeHead(503, { 'Retry-After': values.shift() ?? '' }).end())
  const ask = async () => (await http.post(`http://127.0.0.1:${port}/`, '{}', {}, never())).retryAfterS
  const inAMinute = await ask()
  assert.ok(inAMinute !== null && inAMinute > 55 && inAMinute <= 61)
  assert.equal(await ask(), null)
  assert.equal(await ask(), 0)
})
