import type { RE2JS, RE2JSException } from 're2js'
import { lazy } from '../lazy.ts'
import type { Work } from './work.ts'

/** Sizes of the compiled form; an expression that is larger counts something to a thousand, and more than once. */
const PROGRAM_MAX = 1_000
/** Characters times program size that cost about one step of work. */
const CHARS_PER_STEP = 16

/** A regular expression whose time grows with the text only: it can't be made to backtrack (RE2's engine). */
export class LinearPattern {
  readonly source: string
  readonly #compiled: RE2JS
  readonly #size: number

  /** Throws `PatternError` with a sentence. */
  constructor(source: string) {
    this.source = source
    this.#compiled = compile(source)
    this.#size = this.#compiled.programSize()
    if (this.#size > PROGRAM_MAX) throw new PatternError('the expression is too large: lower its repeat counts')
  }

  /** Whether it is found anywhere in the text. */
  test(text: string, work: Work): boolean {
    this.#spend(text, work)
    return this.#compiled.test(text)
  }

  /** Whether it is the whole text. */
  testWhole(text: string, work: Work): boolean {
    this.#spend(text, work)
    return this.#compiled.testExact(text)
  }

  #spend(text: string, work: Work): void {
    work.spend(Math.ceil((text.length * this.#size) / CHARS_PER_STEP) + 1)
  }
}

export class PatternError extends Error {
  override name = 'PatternError'
}

function compile(source: string): RE2JS {
  const { RE2JS, RE2JSException } = lazy.re2js()
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source))
  } catch (error) {
    if (error instanceof RE2JSException) throw new PatternError(explain(source, error))
    throw error
  }
}

function explain(source: string, error: RE2JSException): string {
  if (/\(\?<?[=!]/.test(source)) return 'look-ahead and look-behind are not supported: expressions run in linear time'
  if (/\\(?:[1-9]|k<)/.test(source)) return 'back-references are not supported: expressions run in linear time'
  return error.message.replace(/^error parsing regexp: /, '')
}
