import { Buffer } from 'node:buffer'

const BYTES: { readonly [letter: string]: number } = { r: 0x0d, n: 0x0a, t: 0x09, '0': 0, '\\': 0x5c }
const LETTERS = new Map(Object.entries(BYTES).map(([letter, byte]) => [byte, letter]))

/** Reads text with escapes (`\r`, `\n`, `\t`, `\0`, `\\`, `\xHH`) as bytes; the rest is UTF-8. A sentence if it can't. */
export function readBytes(text: string): Buffer | string {
  const parts: Buffer[] = []
  for (const [piece] of text.matchAll(/[^\\]+|\\x[0-9a-f]{2}|\\./gis)) {
    if (!piece.startsWith('\\')) parts.push(Buffer.from(piece))
    else if (piece.length === 4) parts.push(Buffer.of(Number.parseInt(piece.slice(2), 16)))
    else {
      const byte = BYTES[piece.slice(1)]
      if (byte === undefined) return unknownEscape(piece)
      parts.push(Buffer.of(byte))
    }
  }
  // A single backslash at the end is matched by nothing above.
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ? unknownEscape('\\') : Buffer.concat(parts)
}

function unknownEscape(piece: string): string {
  return `expected escapes such as \\r, \\n, \\t, \\0, \\x1f or \\\\, got ${piece}`
}

/** Bytes in the same notation, so that whatever a server sends can be shown and typed; cut to `max` characters. */
export function showBytes(bytes: Buffer, max: number): string {
  const isText = Buffer.from(bytes.toString()).equals(bytes)
  const text = bytes.toString(isText ? 'utf8' : 'latin1')
  let shown = ''
  for (const character of text) {
    const next = showCharacter(character, isText)
    if (shown.length + next.length > max) return `${shown}…`
    shown += next
  }
  return shown
}

function showCharacter(character: string, isText: boolean): string {
  const code = character.codePointAt(0) ?? 0
  const letter = LETTERS.get(code)
  if (letter !== undefined) return `\\${letter}`
  if (isText ? /[^\p{Cc}\p{Zl}\p{Zp}]/u.test(character) : code >= 0x20 && code < 0x7f) return character
  return [...Buffer.from(character, isText ? 'utf8' : 'latin1')]
    .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
    .join('')
}
