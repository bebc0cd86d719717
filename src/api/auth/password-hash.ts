/** The work that one password hash costs. */
export interface HashCost {
  memoryKib: number
  passes: number
  lanes: number
}

export interface ParsedHash {
  cost: HashCost
  salt: Buffer
  tag: Buffer
}

const FORMAT = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

/** A hash with its parameters and salt in the text form that Argon2 has everywhere (PHC), so that both can change. */
export function formatHash({ cost: { memoryKib, passes, lanes }, salt, tag }: ParsedHash): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`
}

/** Null for a text that is no such hash. */
export function parseHash(text: string): ParsedHash | null {
  const [all, memoryKib, passes, lanes, salt, tag] = FORMAT.exec(text) ?? []
  if (all === undefined || salt === undefined || tag === undefined) return null
  return {
    cost: { memoryKib: Number(memoryKib), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}
