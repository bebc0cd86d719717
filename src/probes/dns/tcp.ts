import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import type { Clock } from '#domain'
import type { Deadline } from '../net/deadline.ts'
import { dial } from '../net/dial.ts'
import { errorCode, Failure } from '../net/failure.ts'
import { answers } from './query.ts'
import type { ServerAddress } from './server.ts'

const LENGTH_BYTES = 2

/** Asks over TCP (RFC 7766): one question, one answer, each behind its length. The connection is gone afterwards. */
export async function askOverTcp(
  server: ServerAddress,
  message: Buffer,
  deadline: Deadline,
  clock: Clock,
): Promise<Buffer | Failure> {
  const dialed = await dial([server], server.port, deadline, clock, [])
  if (dialed instanceof Failure) return dialed
  const { socket } = dialed
  try {
    const answer = await readAnswer(socket, message, server, deadline)
    if (answer instanceof Failure || answers(answer, message)) return answer
    return new Failure({ sentence: `${server.name} answered another question`, category: 'DNS_FAILURE' })
  } finally {
    socket.destroy()
  }
}

function readAnswer(
  socket: Socket,
  message: Buffer,
  { name }: ServerAddress,
  deadline: Deadline,
): Promise<Buffer | Failure> {
  return new Promise((settle) => {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt16BE(message.length)
    deadline.begin(`while waiting for the answer of ${name} over TCP`, settle)
    let read = Buffer.alloc(0)
    const broken = (how: string) =>
      settle(
        new Failure({
          sentence: `${name} ${how} after ${read.length} bytes, before its answer was complete`,
          category: 'DNS_FAILURE',
        }),
      )
    socket.on('data', (piece: Buffer) => {
      read = Buffer.concat([read, piece])
      if (read.length < LENGTH_BYTES) return
      const end = LENGTH_BYTES + read.readUInt16BE(0)
      if (read.length < end) return
      socket.pause()
      settle(read.subarray(LENGTH_BYTES, end))
    })
    socket.on('error', (error) => broken(`broke the connection (${errorCode(error)})`))
    socket.on('end', () => broken('closed the connection'))
    socket.on('close', () => broken('closed the connection'))
    socket.write(Buffer.concat([length, message]))
  })
}
