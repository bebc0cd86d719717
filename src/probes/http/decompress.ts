import { Buffer } from 'node:buffer'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import type { Deadline } from '../net/deadline.ts'
import { Failure } from '../net/failure.ts'
import { BodyBytes } from './body-bytes.ts'
import { headerValues, type Sighting } from './sighting.ts'

export interface Decoded {
  bytes: Buffer
  /** There is more of the body than this. */
  cut: boolean
  /** Gives back what decoding took, once the bytes are not needed any more. */
  release(): void
}

/** More codings on top of each other than anyone has a reason for. */
const MAX_CODINGS = 3

/**
 * Undoes the `Content-Encoding` of what was read. Stops at `cap` decoded bytes, so that a bomb costs no more than any
 * other body. An encoding that can't be undone is a failure, never an unread body.
 */
export async function decompress(seen: Sighting, cap: number, deadline: Deadline | null): Promise<Decoded | Failure> {
  let bytes = seen.body?.bytes() ?? Buffer.alloc(0)
  let cut = seen.cut
  let release = () => {}
  const codings = contentCodings(seen)
  if (codings.length > MAX_CODINGS) {
    return undecodable(`at most ${MAX_CODINGS} content encodings, got ${codings.length} on top of each other`)
  }
  for (const coding of codings.reverse()) {
    if (bytes.length === 0) break
    const outcome = await undo(coding, bytes, cut, cap, deadline)
    release()
    if (outcome instanceof Failure) return outcome
    bytes = outcome.bytes
    cut = outcome.cut
    release = outcome.release
  }
  return { bytes, cut, release }
}

function contentCodings({ head }: Sighting): string[] {
  if (head === null) return []
  return headerValues(head, 'content-encoding')
    .join(',')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
}

function undo(
  coding: string,
  bytes: Buffer,
  cut: boolean,
  cap: number,
  deadline: Deadline | null,
): Promise<Decoded | Failure> {
  const stream = decoder(coding, bytes)
  if (stream === null) {
    return Promise.resolve(
      undecodable(`a content encoding out of gzip, deflate, br and zstd, got ${JSON.stringify(coding)}`),
    )
  }
  return new Promise((settle) => {
    const decoded = new BodyBytes()
    const finish = (outcome: Decoded | Failure) => {
      stream.destroy()
      settle(outcome)
    }
    const done = (isCut: boolean) => finish({ bytes: decoded.bytes(), cut: isCut, release: () => decoded.release() })
    deadline?.begin('while decompressing the body', finish)
    stream.on('data', (chunk: Buffer) => {
      const isOver = decoded.length + chunk.length > cap
      decoded.append(chunk, cap)
      if (isOver) done(true)
    })
    stream.on('end', () => done(cut))
    stream.on('error', () => {
      // What we cut off ourselves ends too early for the decoder; what came before counts.
      if (cut) done(true)
      else finish(undecodable(`a ${coding} body, got one that can't be decompressed`))
    })
    stream.end(bytes)
  })
}

function decoder(coding: string, bytes: Buffer) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      // RFC 9110, section 8.4.1.2: zlib's format; some servers send the bare stream.
      return ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0 ? createInflate() : createInflateRaw()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return createZstdDecompress()
  }
  return null
}

function undecodable(expected: string): Failure {
  return new Failure({ sentence: `expected ${expected}`, category: 'APPLICATION_ERROR' })
}
