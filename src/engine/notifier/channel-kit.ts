import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import type { AnyChannel } from '#channels'
import type { AlertPayload, Json } from '#domain'
import { realClock } from '../clock.ts'
import { createOutboundHttp } from '../outbound-http.ts'
import { attempt } from './attempt.ts'
import { testPayload } from './outbox-for-tests.ts'
import { closedUrl, httpReceiver, keepingReceiver, rawReceiver } from './receivers-for-tests.ts'

const TIMEOUT_MS = 300
/** The machine may be busy; a channel that hangs does so for ever. */
const TOLERANCE_MS = 1_500
const MOST_GROWTH_BYTES = 48 * 2 ** 20

/** What a channel's author tells the kit. */
export interface ChannelUnderTest {
  channel: AnyChannel
  /** A usable configuration that sends to a receiver, with every secret that a user may put into it. */
  config: (receiverUrl: string) => { [key: string]: Json }
  /** Texts that must never show up in an error. */
  secrets: string[]
  /** Finds a payload text in a message as the receiver got it. */
  readName: (body: string) => string
}

const HOSTILE_TEXTS = [
  'prod_db-1 (eu).x [a] *b*',
  'a "quoted" \\ back\\slashed name',
  'two\nlines\r\nand\ta tab',
  '</script><script>alert(1)</script>',
  'emoji 👩‍👩‍👧 and עברית',
  'half a character \ud83d here',
  'nul \0 and escape \u001b[31m',
  '{{name}} $name %s %00',
  'long '.repeat(2_000),
]

const http = createOutboundHttp({ refusal: () => null, clock: realClock, userAgent: 'StatusApp-Webhook/0.0.0' })

/** The tests that every channel owes, against real receivers on loopback. */
export function channelOwes(name: string, { channel, config, secrets, readName }: ChannelUnderTest): void {
  const send = async (url: string, payload: AlertPayload = testPayload('mon_1')) => {
    const { signal: cut } = new AbortController()
    const options = { http, clock: realClock, timeoutMs: TIMEOUT_MS, cut }
    const made = await attempt(channel, config(url), { eventId: 'evt_kit', payload }, options)
    assert.ok(made !== null)
    if (!made.ok) {
      assert.match(made.error, /\w{3}/)
      for (const secret of secrets) assert.ok(!made.error.includes(secret), `a secret in: ${made.error}`)
    }
    return made
  }

  test(`${name}: a 2xx is success`, async (t) => {
    const { url, received } = await keepingReceiver(t)
    const made = await send(url)
    assert.deepEqual([made.ok, made.statusCode, received.length], [true, 200, 1])
  })

  for (const status of [302, 400, 404, 500, 503]) {
    test(`${name}: a ${status} is a failure with a sentence, after one request`, async (t) => {
      const receiver = await keepingReceiver(t, () => status)
      const made = await send(receiver.url)
      assert.ok(!made.ok)
      assert.equal(made.statusCode, status)
      assert.match(made.error, new RegExp(String(status)))
      assert.equal(receiver.received.length, 1)
    })
  }

  test(`${name}: secrets that the receiver echoes are not shown`, async (t) => {
    const { url } = await httpReceiver(t, (request, response) => {
      response.writeHead(500).end(`you sent ${request.url} ${request.rawHeaders.join(' ')} ${secrets.join(' ')}`)
    })
    assert.equal((await send(url)).ok, false)
  })

  test(`${name}: a refused connection is a failure with a sentence`, async () => {
    const made = await send(await closedUrl())
    assert.ok(!made.ok)
    assert.match(made.error, /refused the connection/)
    assert.equal(made.permanent, false)
  })

  const rude: [does: string, onSocket: (socket: Socket) => void][] = [
    ['closes at once', (socket) => socket.destroy()],
    ['cuts its answer off', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
    ['answers with something else than HTTP', (socket) => socket.end('220 smtp.example.com ESMTP\r\n')],
    ['never answers', () => {}],
    ['drips its headers', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n', 'X-A: b\r\n')],
    ['sends early hints without end', (socket) => flood(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
    ['floods with headers', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n', `X-A: ${'b'.repeat(8_000)}\r\n`)],
  ]
  for (const [does, onSocket] of rude) {
    test(`${name}: a receiver that ${does} is a failure in time, and its socket is freed`, async (t) => {
      const receiver = await rawReceiver(t, onSocket)
      const startedMs = performance.now()
      const beforeBytes = process.memoryUsage.rss()
      const made = await send(receiver.url)
      assert.equal(made.ok, false)
      assert.ok(performance.now() - startedMs < TIMEOUT_MS + TOLERANCE_MS)
      assert.ok(process.memoryUsage.rss() - beforeBytes < MOST_GROWTH_BYTES)
      await receiver.allClosed()
      assert.equal(receiver.connections(), 1)
    })
  }

  for (const [does, onSocket] of [
    ['drips', (socket: Socket) => drip(socket, 'HTTP/1.1 500 No\r\nContent-Length: 9999\r\n\r\n', 'x')],
    ['floods', (socket: Socket) => flood(socket, 'HTTP/1.1 500 No\r\n\r\n', 'x'.repeat(65_536))],
  ] as const) {
    test(`${name}: a body that ${does} ends in time, costs no memory, and its socket is freed`, async (t) => {
      const receiver = await rawReceiver(t, onSocket)
      const startedMs = performance.now()
      const beforeBytes = process.memoryUsage.rss()
      assert.equal((await send(receiver.url)).ok, false)
      assert.ok(performance.now() - startedMs < TIMEOUT_MS + TOLERANCE_MS)
      assert.ok(process.memoryUsage.rss() - beforeBytes < MOST_GROWTH_BYTES)
      await receiver.allClosed()
    })
  }

  test(`${name}: hostile texts arrive as they are`, async (t) => {
    const { url, received } = await keepingReceiver(t)
    for (const text of HOSTILE_TEXTS) {
      const payload = testPayload('mon_1')
      if (payload.monitor !== null) payload.monitor.name = text
      assert.equal((await send(url, payload)).ok, true)
      assert.equal(readName(received.at(-1)?.body ?? ''), text)
    }
  })
}

function drip(socket: Socket, start: string, drop: string): void {
  socket.write(start)
  const timer = setInterval(() => socket.write(drop), 20)
  socket.on('close', () => clearInterval(timer))
}

/** As fast as the other side reads, with a turn for others after each piece. */
function flood(socket: Socket, start: string, piece: string): void {
  socket.write(start)
  const more = () => {
    if (socket.destroyed) return
    if (socket.write(piece)) setImmediate(more)
    else socket.once('drain', more)
  }
  more()
}
