import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'

/** What a bad server does with a connection, whatever it is asked. */
export interface Hostility {
  name: string
  behave(socket: Socket): void
  /** A probe may count it as up: it answers well, just without end. */
  mayPass?: boolean
}

const OK = 'HTTP/1.1 200 OK\r\n'

/** Servers that a probe of any type over TCP must survive. */
export const HOSTILE_SERVERS: readonly Hostility[] = [
  { name: 'accepts and stays silent', behave: (socket) => socket.resume() },
  { name: 'closes at once', behave: (socket) => socket.destroy() },
  { name: 'resets at once', behave: (socket) => socket.resetAndDestroy() },
  { name: 'closes when asked', behave: (socket) => socket.once('data', () => socket.end()) },
  { name: 'ends its side and stays', behave: (socket) => socket.resume().end() },
  { name: 'speaks garbage', behave: (socket) => socket.resume().write('\u0000\u0001%&/()=? nonsense\n\n\n') },
  { name: 'sends every byte there is', behave: (socket) => socket.resume().write(Buffer.from([...Array(256).keys()])) },
  { name: 'drips bytes', behave: (socket) => drip(socket, '', 'H') },
  { name: 'drips header lines', behave: (socket) => drip(socket, OK, 'X-Drip: 1\r\n') },
  { name: 'drips interim answers', behave: (socket) => drip(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n') },
  { name: 'drips a body', behave: (socket) => drip(socket, `${OK}\r\n`, '.') },
  { name: 'drips chunks', behave: (socket) => drip(socket, `${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n.\r\n') },
  { name: 'floods garbage', behave: (socket) => flood(socket, '', 'garbage ') },
  { name: 'floods header lines', behave: (socket) => flood(socket, OK, 'X-Flood: 1\r\n') },
  { name: 'floods one header line', behave: (socket) => flood(socket, `${OK}X-Flood: `, 'x') },
  { name: 'floods interim answers', behave: (socket) => flood(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n') },
  { name: 'floods a body', behave: (socket) => flood(socket, `${OK}\r\n`, 'body '), mayPass: true },
  {
    name: 'floods chunks',
    behave: (socket) => flood(socket, `${OK}Transfer-Encoding: chunked\r\n\r\n`, '4\r\nbody\r\n'),
    mayPass: true,
  },
  {
    name: 'floods chunks of one byte',
    behave: (socket) => flood(socket, `${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n.\r\n'),
    mayPass: true,
  },
  {
    name: 'floods a chunk extension',
    behave: (socket) => flood(socket, `${OK}Transfer-Encoding: chunked\r\n\r\n1;`, 'extension'),
  },
  {
    name: 'promises more than it sends, and closes',
    behave: (socket) => socket.resume().end(`${OK}Content-Length: 1000000000000\r\n\r\nshort`),
  },
  {
    name: 'promises more than it sends, and stays',
    behave: (socket) => socket.resume().write(`${OK}Content-Length: 100\r\n\r\nshort`),
  },
  {
    name: 'resets in the middle of a body',
    behave: (socket) =>
      socket
        .resume()
        .write(`${OK}Content-Length: 100\r\n\r\nshort`, () => setTimeout(() => socket.resetAndDestroy(), 30)),
  },
]

function drip(socket: Socket, start: string, part: string): void {
  socket.resume().write(start)
  const timer = setInterval(() => socket.write(part), 40)
  socket.on('close', () => clearInterval(timer))
}

/** As fast as the other side reads. */
function flood(socket: Socket, start: string, part: string): void {
  const block = part.repeat(Math.ceil(65_536 / part.length))
  const pour = () => {
    while (!socket.destroyed && socket.write(block));
  }
  socket.resume().write(start)
  socket.on('drain', pour)
  pour()
}
