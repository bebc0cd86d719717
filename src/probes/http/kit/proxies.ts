import { Buffer } from 'node:buffer'
import { connect, type Socket } from 'node:net'
import type { Owner } from '../../kit/owner.ts'
import { tcpServer } from '../../kit/tcp-server.ts'

/** Waits for so many bytes more. */
async function read(socket: Socket, size: number): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = socket.read(size)
    if (bytes !== null) return bytes
    await new Promise((resolve) => socket.once('readable', resolve))
  }
}

/** Joins two connections; the end of one is that of the other. */
function join(one: Socket, other: Socket): void {
  one.pipe(other).on('error', () => one.destroy())
  other.pipe(one).on('error', () => other.destroy())
  one.on('end', () => other.destroy()).on('close', () => other.destroy())
  other.on('close', () => one.destroy())
}

/** An HTTP proxy that knows CONNECT, and leads every name to 127.0.0.1. */
export async function httpProxy(t: Owner, answer = '') {
  const heads: string[] = []
  const server = await tcpServer(t, (socket) => {
    socket.once('data', (data) => {
      heads.push(data.toString())
      if (answer !== '') return void socket.end(answer)
      const port = Number(/^CONNECT [^ ]*:(\d+) /.exec(data.toString())?.[1])
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        join(socket, onward)
      })
    })
  })
  return { ...server, heads, url: `http://127.0.0.1:${server.port}`, allClosed: () => server.allClosed() }
}

/** A SOCKS 5 proxy (RFC 1928) that leads every name to 127.0.0.1. */
export async function socksProxy(t: Owner, { reply = 0, user = '' } = {}) {
  const asked: string[] = []
  const server = await tcpServer(t, async (socket) => {
    const [, methods = 0] = await read(socket, 2)
    await read(socket, methods)
    socket.write(Buffer.from([5, user === '' ? 0 : 2]))
    if (user !== '') {
      const [, length = 0] = await read(socket, 2)
      const name = await read(socket, length)
      const [size = 0] = await read(socket, 1)
      const isRight = `${name}:${await read(socket, size)}` === user
      socket.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return
    }
    const head = await read(socket, 4)
    const host = head[3] === 3 ? String(await read(socket, (await read(socket, 1))[0] ?? 0)) : await literal(socket)
    const port = (await read(socket, 2)).readUInt16BE()
    asked.push(host)
    if (reply !== 0) return void socket.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
    const onward = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
      join(socket, onward)
    })
  })
  return { port: server.port, asked, allClosed: () => server.allClosed() }
}

async function literal(socket: Socket): Promise<string> {
  return [...(await read(socket, 4))].join('.')
}
