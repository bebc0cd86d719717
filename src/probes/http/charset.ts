import type { Buffer } from 'node:buffer'
import { headerValue, type Sighting } from './sighting.ts'

const decoders = new Map<string, TextDecoder>()

/** A longer text is looked through piece by piece: large strings lie about as garbage for long. */
const PIECE_BYTES = 65_536

/** The text of a body in its charset: that of a byte order mark, of `Content-Type`, of a meta tag, else UTF-8. */
export function textOf(bytes: Buffer, seen: Sighting): string {
  return decoderOf(labelOf(bytes, seen)).decode(bytes)
}

/** The same text in pieces; each begins with the last `overlap` characters of the one before. */
export function* textPieces(bytes: Buffer, seen: Sighting, overlap: number): Generator<string> {
  if (bytes.length <= PIECE_BYTES) {
    yield textOf(bytes, seen)
    return
  }
  const decoder = new TextDecoder(decoderOf(labelOf(bytes, seen)).encoding)
  let tail = ''
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const end = start + PIECE_BYTES
    const piece = tail + decoder.decode(bytes.subarray(start, end), { stream: end < bytes.length })
    yield piece
    tail = overlap === 0 ? '' : piece.slice(-overlap)
  }
}

function labelOf(bytes: Buffer, { head }: Sighting): string {
  const declared = /charset\s*=\s*["']?([^\s"';,]+)/i
  const label =
    markOf(bytes) ??
    declared.exec((head === null ? null : headerValue(head, 'content-type')) ?? '')?.[1] ??
    declared.exec(/<meta[^>]*charset[^>]*>/i.exec(bytes.subarray(0, 1_024).toString('latin1'))?.[0] ?? '')?.[1] ??
    'utf-8'
  return label.toLowerCase()
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
