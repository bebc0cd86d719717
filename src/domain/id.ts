export type IdPrefix =
  | 'acc'
  | 'aud'
  | 'mon'
  | 'inc'
  | 'upd'
  | 'sp'
  | 'key'
  | 'nc'
  | 'mw'
  | 'evt'
  | 'del'
  | 'req'
  | 'usr'
  | 'mem'
  | 'inv'
  | 'ses'

/** Makes a new public id: the prefix, `_`, and 16 random characters of [a-z0-9] (82 bits). */
export type NewId = (prefix: IdPrefix) => string

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An id source over a source of random bytes. Bytes from 252 up are drawn again, so that no character is likelier. */
export function idSource(randomBytes: (size: number) => Uint8Array): NewId {
  return (prefix) => {
    let id = `${prefix}_`
    const length = id.length + 16
    while (id.length < length) {
      for (const byte of randomBytes(24)) {
        if (byte < 252 && id.length < length) id += ALPHABET[byte % 36]
      }
    }
    return id
  }
}

/** Whether a text can be a public id of this prefix at all. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return text.startsWith(`${prefix}_`) && /^[a-z0-9]{16}$/.test(text.slice(prefix.length + 1))
}
