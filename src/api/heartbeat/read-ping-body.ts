import type { Readable } from 'node:stream'
import type { Clock } from '#domain'

/** More than is kept, so that JSON with a long message can still be read whole. */
const READ_MAX = 65_536
const PATIENCE_MS = 5_000

/**
 * Reads the body of a ping as text: at most 64 KiB, for at most 5 s. What comes later or beyond is left; a body that
 * breaks off counts as far as it came. Never rejects: a body never makes a ping fail.
 */
export function readPingBody(stream: Readable, clock: Clock): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const chunks: Uint8Array[] = []
  let size = 0
  const timer = clock.schedule(PATIENCE_MS, finish)

  function onData(chunk: Uint8Array): void {
    chunks.push(chunk.subarray(0, READ_MAX - size))
    size += chunk.length
    if (size >= READ_MAX) finish()
  }

  function finish(): void {
    timer.cancel()
    stream.off('data', onData).off('end', finish).off('close', finish)
    // The rest is read away, so that the connection can be used again.
    stream.resume()
    resolve(new TextDecoder('utf-8').decode(Buffer.concat(chunks)))
  }

  stream.on('data', onData).on('end', finish).on('close', finish)
  stream.on('error', finish)
  return promise
}
