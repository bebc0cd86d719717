import { type ExactNumber, readNumber } from './exact-number.ts'

/** What a JSON text holds, with every number as exact as it was written. */
export type ExactJson = string | number | boolean | null | ExactNumber | ExactJson[] | { [name: string]: ExactJson }

/** A text without any such run has no number that a double would round. */
const MAY_ROUND = /[\d.eE+-]{16}|\d[eE][+-]?\d{3}/
const NUMBER_PART = /[\d.eE+-]*/y

/**
 * Reads JSON (RFC 8259) like `JSON.parse`, but keeps the digits of numbers that a double can't hold. Nesting costs no
 * stack. Throws SyntaxError.
 */
export function parseExactJson(text: string): ExactJson {
  const rounded: ExactJson = JSON.parse(text)
  return MAY_ROUND.test(text) ? new Reader(text).read() : rounded
}

/** Reads a text that is known to be valid. */
class Reader {
  readonly #text: string
  readonly #open: { list: ExactJson[] | null; members: { [name: string]: ExactJson }; name: string | null }[] = []
  #root: ExactJson = null

  constructor(text: string) {
    this.#text = text
  }

  read(): ExactJson {
    const text = this.#text
    for (let at = 0; at < text.length; ) {
      const char = text[at] ?? ''
      if (char === '"') {
        const end = this.#stringEnd(at)
        this.#string(text.slice(at, end))
        at = end
      } else if (char === '[' || char === '{') {
        this.#enter(char === '[' ? [] : {})
        at++
      } else if (char === ']' || char === '}') {
        this.#open.pop()
        at++
      } else if (char === '-' || (char >= '0' && char <= '9')) {
        NUMBER_PART.lastIndex = at
        const literal = NUMBER_PART.exec(text)?.[0] ?? ''
        this.#place(readNumber(literal))
        at += literal.length
      } else if (char === 't' || char === 'f' || char === 'n') {
        this.#place(char === 'n' ? null : char === 't')
        at += char === 'f' ? 5 : 4
      } else {
        at++
      }
    }
    return this.#root
  }

  /** Behind the closing quote of the string that starts at `at`. */
  #stringEnd(at: number): number {
    let end = at + 1
    for (;;) {
      end = this.#text.indexOf('"', end)
      let backslashes = 0
      while (this.#text[end - 1 - backslashes] === '\\') backslashes++
      end++
      if (backslashes % 2 === 0) return end
    }
  }

  #string(raw: string): void {
    const value: string = raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1)
    const top = this.#open.at(-1)
    if (top !== undefined && top.list === null && top.name === null) top.name = value
    else this.#place(value)
  }

  #enter(container: ExactJson[] | { [name: string]: ExactJson }): void {
    this.#place(container)
    const list = Array.isArray(container) ? container : null
    this.#open.push({ list, members: Array.isArray(container) ? {} : container, name: null })
  }

  #place(value: ExactJson): void {
    const top = this.#open.at(-1)
    if (top === undefined) this.#root = value
    else if (top.list !== null) top.list.push(value)
    else {
      const name = top.name ?? ''
      // An own member like any other, never the prototype.
      if (name === '__proto__')
        Object.defineProperty(top.members, name, { value, writable: true, enumerable: true, configurable: true })
      else top.members[name] = value
      top.name = null
    }
  }
}
