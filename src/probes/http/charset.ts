import type { Buffer } from 'node:buffer'
import { headerValue, type Sighting } from './sighting.ts'

const decoders = new Map<string, TextDecoder>()

/** The text of a body in its charset: that of a byte order mark, of `Content-Type`, of a meta tag, else UTF-8. */
export function textOf(bytes: Buffer, { head }: Sighting): string {
  const declared = /charset\s*=\s*["']?([^\s"';,]+)/i
  const label =
    markOf(bytes) ??
    declared.exec((head === null ? null : headerValue(head, 'content-type')) ?? '')?.[1] ??
    declared.exec(/<meta[^>]*charset[^>]*>/i.exec(bytes.subarray(0, 1_024).toString('latin1'))?.[0] ?? '')?.[1] ??
    'utf-8'
  return decoderOf(label.toLowerCase()).decode(bytes)
}

function markOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null
}

/** A label that nobody knows is read as UTF-8, like browsers do; labels come from servers, so few are kept. */
function decoderOf(label: string): TextDecoder {
  const before = decoders.get(label)
  if (before !== undefined) return before
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(label)
  } catch {
    return decoderOf('utf-8')
  }
  decoders.set(decoder.encoding, decoder)
  return decoder
}
