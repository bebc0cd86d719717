import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { runCheck } from '../kit/run-check.ts'
import { tcpServer } from '../kit/tcp-server.ts'
import { websiteProbe } from '../website.ts'

const OK = 'HTTP/1.1 200 OK\r\n'
const BODY = 'Content-Length: 2\r\n\r\nok'

interface Case {
  answer: string
  /** Null: UP. */
  error: string | null
  statusCode?: number | null
  method?: 'HEAD'
}

/** Malformed answers and their verdicts. A change here turns somebody's working monitor DOWN: it needs a changelog line. */
const VERDICTS: { [name: string]: Case } = {
  'a byte beyond ASCII in a header value': { answer: `${OK}X-City: M\xe9xico\r\n${BODY}`, error: null },
  'a byte beyond ASCII in the reason phrase': { answer: `HTTP/1.1 200 D\xe9j\xe0 vu\r\n${BODY}`, error: null },
  'no reason phrase': { answer: `HTTP/1.1 200\r\n${BODY}`, error: null },
  'HTTP/1.0': { answer: `HTTP/1.0 200 OK\r\n\r\nok`, error: null },
  'headers of 20 kB': { answer: `${OK}X-Big: ${'x'.repeat(20_000)}\r\n${BODY}`, error: null },
  'headers of 70 kB': {
    answer: `${OK}X-Big: ${'x'.repeat(70_000)}\r\n${BODY}`,
    error: 'invalid HTTP from the server: its headers are larger than 65536 bytes',
    statusCode: null,
  },
  'a body after 204': { answer: 'HTTP/1.1 204 No Content\r\n\r\nsurprise', error: null, statusCode: 204 },
  'a body after HEAD': { answer: `${OK}${BODY}`, error: null, method: 'HEAD' },
  'bytes after the end of the body': { answer: `${OK}${BODY}more`, error: null },
  'status 999': {
    answer: `HTTP/1.1 999 Request denied\r\n${BODY}`,
    error: 'expected status 200-299, got 999',
    statusCode: 999,
  },
  'a control byte in a header value': {
    answer: `${OK}X-Odd: a\x01b\r\n${BODY}`,
    error: 'invalid HTTP from the server: a header line is malformed (HPE_INVALID_HEADER_TOKEN)',
  },
  'a blank before the colon': {
    answer: `${OK}X-Odd : a\r\n${BODY}`,
    error: 'invalid HTTP from the server: a header line is malformed (HPE_INVALID_HEADER_TOKEN)',
  },
  'header lines that end in LF only': {
    answer: 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
    error: 'invalid HTTP from the server: header lines end in LF without CR (HPE_CR_EXPECTED)',
  },
  'Content-Length beside Transfer-Encoding': {
    answer: `${OK}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    error:
      'invalid HTTP from the server: Content-Length is not a number, or comes beside Transfer-Encoding (HPE_INVALID_CONTENT_LENGTH)',
  },
  'two different Content-Lengths': {
    answer: `${OK}Content-Length: 3\r\n${BODY}`,
    error:
      'invalid HTTP from the server: Content-Length comes twice, or beside Transfer-Encoding (HPE_UNEXPECTED_CONTENT_LENGTH)',
  },
  'a Content-Length that is no number': {
    answer: `${OK}Content-Length: two\r\n\r\nok`,
    error:
      'invalid HTTP from the server: Content-Length is not a number, or comes beside Transfer-Encoding (HPE_INVALID_CONTENT_LENGTH)',
  },
  'a chunk size that is no number': {
    answer: `${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`,
    error: 'invalid HTTP from the server: a chunk size is not a number (HPE_INVALID_CHUNK_SIZE)',
    statusCode: 200,
  },
  'HTTP/9.9': {
    answer: `HTTP/9.9 200 OK\r\n${BODY}`,
    error: 'invalid HTTP from the server: unknown HTTP version (HPE_INVALID_VERSION)',
  },
  'a status of two digits': {
    answer: `HTTP/1.1 20 OK\r\n${BODY}`,
    error: 'invalid HTTP from the server: the status line is malformed (HPE_INVALID_STATUS)',
  },
  'another protocol': {
    answer: 'SSH-2.0-OpenSSH_9.6\r\n',
    error: 'invalid HTTP from the server: the answer does not start with "HTTP/" (HPE_INVALID_CONSTANT)',
  },
  'HTTP/2 without being asked': {
    answer: '\0\0\x12\x04\0\0\0\0\0',
    error: 'invalid HTTP from the server: the answer does not start with "HTTP/" (HPE_INVALID_CONSTANT)',
  },
  'an unasked switch of protocols': {
    answer: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    error: 'expected status 200-299, got 101 (the server switched protocols unasked)',
    statusCode: 101,
  },
  'a hundred interim answers': {
    answer: `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)}${OK}${BODY}`,
    error: 'server sent more than 50 interim answers (1xx) and no final one',
  },
  'a few interim answers': { answer: `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(5)}${OK}${BODY}`, error: null },
  'an end in the middle of the status line': {
    answer: 'HTTP/1.1 20',
    error: 'server closed the connection in the middle of its headers',
  },
  'an end in the middle of the headers': {
    answer: `${OK}X-Cut`,
    error: 'server closed the connection in the middle of its headers',
  },
  'no answer': { answer: '', error: 'server closed the connection without a response' },
  'a body cut off': {
    answer: `${OK}Content-Length: 100\r\n\r\nshort`,
    error: 'connection closed after 5 of 100 bytes',
    statusCode: 200,
  },
  'chunks without the last': {
    answer: `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n`,
    error: 'connection closed after 5 bytes, before the end of the body',
    statusCode: 200,
  },
}

for (const [name, { answer, error, statusCode = error === null ? 200 : null, method }] of Object.entries(VERDICTS)) {
  test(`the verdict on ${name} stays what it is`, async (t) => {
    const server = await tcpServer(t, (socket) => {
      socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')))
    })
    const config = method === undefined ? {} : { httpMethod: method }
    const result = await runCheck(websiteProbe, `http://127.0.0.1:${server.port}/`, config)
    assert.equal(result.error, error)
    assert.equal(result.status, error === null ? 'UP' : 'DOWN')
    assert.equal(result.statusCode, statusCode)
    assert.equal(server.connections, 1, 'one attempt is one connection')
  })
}

test('what came of a body before it broke is kept as evidence, though nothing is looked for in it', async (t) => {
  for (const pieces of [['short'], ['sh', 'o', 'rt'], ['x'.repeat(5_000), 'y'.repeat(5_000)]]) {
    const server = await tcpServer(t, (socket) => {
      socket.once('data', async () => {
        socket.write(`${OK}Content-Length: 100000\r\n\r\n`)
        for (const piece of pieces) {
          await new Promise((resolve) => setTimeout(resolve, 5))
          socket.write(piece)
        }
        socket.end()
      })
    })
    const { status, evidence } = await runCheck(websiteProbe, `http://127.0.0.1:${server.port}/`)
    assert.equal(status, 'DOWN')
    assert.partialDeepStrictEqual(evidence, { statusCode: 200, body: pieces.join('').slice(0, 4_096) })
  }
})
