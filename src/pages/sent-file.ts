import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const compress = promisify(gzip)

/** A text that is made once and sent often. */
export interface SentFile {
  type: string
  /** Weak, since it names the text and not how it is compressed. */
  tag: string
  plain: Buffer
  gzipped: Buffer
}

export async function sentFile(text: string, type: string): Promise<SentFile> {
  const plain = Buffer.from(text)
  return { type, tag: `W/"${digestOf(text)}"`, plain, gzipped: await compress(plain) }
}

/** A short name for a text that changes with it, of letters and digits only. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 16)
}

/** Sends a file, or 304 to whoever has it. Another status than 200 is set before. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): FastifyReply {
  if (isKnown(request, reply, file.tag)) return reply.code(304).send()
  const takesGzip = takes(request, 'gzip')
  if (takesGzip) reply.header('content-encoding', 'gzip')
  return reply.type(file.type).send(takesGzip ? file.gzipped : file.plain)
}

/** Names what is sent in the answer; true where the browser says that it has just this. */
export function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  reply.header('etag', tag).header('vary', 'accept-encoding')
  const known = String(request.headers['if-none-match'] ?? '').split(',')
  return (
    reply.statusCode === 200 &&
    known.some((each) => each.trim() === '*' || each.trim().replace(/^(W\/)?/, 'W/') === tag)
  )
}

/** Whether whoever asks takes an answer that is compressed so. */
export function takes(request: FastifyRequest, encoding: 'br' | 'gzip'): boolean {
  const pattern = new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`)
  return pattern.test(String(request.headers['accept-encoding'] ?? ''))
}
