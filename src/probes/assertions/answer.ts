import { type ExactJson, parseExactJson } from './exact-json.ts'
import { cut, show } from './show.ts'
import { Work } from './work.ts'

export interface AnswerParts {
  status: number
  /** The values of a header, in order; its name is in lower case. */
  header(name: string): string[]
  /** The body as text; null where none was kept. */
  text: string
  /** The body is longer than what was read of it. */
  isCut: boolean
  maxBodyBytes: number
  responseTimeMs: number
  /** Null where there was no certificate. */
  certificateDays: number | null
}

const START_MAX = 80

/** What is judged: an answer, its JSON read once however often it is asked for, and the work that may be spent. */
export class Answer {
  readonly parts: AnswerParts
  readonly work = new Work()
  #json: { value: ExactJson } | { problem: string } | null = null

  constructor(parts: AnswerParts) {
    this.parts = parts
  }

  /** The body as JSON, or why it is not. */
  get json(): { value: ExactJson } | { problem: string } {
    this.#json ??= this.#read()
    return this.#json
  }

  /** The same with numbers as JavaScript has them, for libraries that know no others. */
  get rounded(): { value: ExactJson } | { problem: string } {
    const { json } = this
    return 'problem' in json ? json : { value: JSON.parse(this.parts.text) }
  }

  /** How the body begins, for sentences. */
  get start(): string {
    const { text } = this.parts
    return text === '' ? 'with nothing: it is empty' : show(cut(text, START_MAX))
  }

  #read(): { value: ExactJson } | { problem: string } {
    const { text, isCut, maxBodyBytes } = this.parts
    if (isCut) return { problem: `which is longer than maxBodyBytes, ${maxBodyBytes}, and so not whole` }
    try {
      return { value: parseExactJson(text) }
    } catch (error) {
      if (error instanceof SyntaxError) return { problem: text === '' ? '' : 'which is not JSON' }
      throw error
    }
  }
}
