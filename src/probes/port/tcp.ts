import type { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import type { Clock } from '#domain'
import type { Deadline } from '../net/deadline.ts'
import { errorCode, Failure } from '../net/failure.ts'
import type { ReceivedBytes } from './answer.ts'
import { MAX_ANSWER_BYTES } from './config.ts'
import type { Expected, PortPlan } from './plan.ts'

/** A TCP dialogue that ended. */
export interface Dialogue {
  /** Ms from the begin of the dialogue to the first byte; null when none came. */
  firstByteMs: number | null
  failure: Failure | null
}

/**
 * Sends what is to be sent, and reads until the expected bytes came. Without an expectation it is enough that the
 * system took the data.
 */
export function converse(
  socket: Socket,
  { sendData, expected }: PortPlan,
  where: string,
  received: ReceivedBytes,
  deadline: Deadline,
  clock: Clock,
): Promise<Dialogue> {
  const startMs = clock.monotonicMs()
  let firstByteMs: number | null = null
  return new Promise((resolve) => {
    const settle = (failure: Failure | null) => resolve({ firstByteMs, failure })
    const phase = expected === null ? `while sending to ${where}` : `while waiting for the answer of ${where}`
    deadline.begin(phase, (failure) => settle(expected === null ? failure : withAnswer(failure, received, expected)))
    const broken = (how: string) => {
      const sentence = expected === null ? `${where} ${how}` : `${received.mismatch(expected)}: ${where} ${how}`
      settle(new Failure({ sentence, category: 'APPLICATION_ERROR' }))
    }
    socket.on('data', (piece: Buffer) => {
      firstByteMs ??= clock.monotonicMs() - startMs
      if (expected === null) return
      received.add(piece)
      if (received.has(expected)) settle(null)
      else if (received.bytes.length >= MAX_ANSWER_BYTES) broken(`sent more than ${MAX_ANSWER_BYTES} bytes without it`)
    })
    socket.on('error', (error) => broken(`broke the connection (${errorCode(error)})`))
    if (expected !== null) socket.on('end', () => broken('closed the connection'))
    if (sendData !== null) {
      socket.write(sendData, (error) => {
        if (error == null && expected === null) settle(null)
      })
    }
  })
}

/** A deadline that passed, with what was expected and what came instead. */
export function withAnswer(failure: Failure, received: ReceivedBytes, expected: Expected): Failure {
  if (failure.unmeasured) return failure
  return new Failure({ ...failure, sentence: `${received.mismatch(expected)}: ${failure.sentence}` })
}
