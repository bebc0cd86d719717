import type { Ajv, ErrorObject, Options, ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import type { Json } from '#domain'
import { lazy } from '../lazy.ts'
import type { ExactJson } from './exact-json.ts'
import { LinearPattern, PatternError } from './linear-pattern.ts'
import { type SchemaShape, shapeOf } from './schema-shape.ts'
import { cut, show } from './show.ts'
import { TimeLimitError, withinTime } from './time-limit.ts'
import { TooMuchWorkError, Work } from './work.ts'

const COMPILE_LIMIT_MS = 1_000
const VALIDATE_LIMIT_MS = 200
/** Characters of the body times values in the schema: below it, the work needs no watch. */
const LIGHT = 5_000_000
/** The same, below which a list of everything that is wrong stays small. */
const LISTABLE = 2_000_000
const VIOLATIONS_SHOWN = 3

/** A schema that can't be used, with why. */
export class SchemaError extends Error {
  override name = 'SchemaError'
}

/** What is wrong with a body; `isOurs` where it could not be told here. */
export interface SchemaProblem {
  sentence: string
  isOurs: boolean
}

/** A JSON Schema (2020-12 or draft-07), compiled once. Patterns run in linear time; nothing is ever fetched. */
export class ResponseSchema {
  readonly #shape: SchemaShape
  readonly #first: ValidateFunction
  #every: ValidateFunction | null = null
  /** What the patterns of the check at hand may spend. */
  #work = new Work()

  /** Throws `SchemaError`. */
  constructor(given: { [name: string]: Json }) {
    const shape = shapeOf(given)
    if (typeof shape === 'string') throw new SchemaError(shape)
    this.#shape = shape
    const wrong = metaProblem(shape)
    if (wrong !== null) throw new SchemaError(wrong)
    this.#first = this.#compile(false)
  }

  /** What is wrong with a body of `length` characters; null when it fits. */
  problemOf(body: ExactJson, length: number): SchemaProblem | null {
    const work = length * this.#shape.size
    this.#work = new Work()
    try {
      const run = () => this.#violations(body, work)
      const violations = this.#shape.isUnbounded || work > LIGHT ? withinTime(VALIDATE_LIMIT_MS, run) : run()
      if (violations === null) return null
      return { sentence: `the body does not fit responseSchema: ${violations}`, isOurs: false }
    } catch (error) {
      if (error instanceof RangeError)
        return { sentence: 'the body nests too deeply for responseSchema', isOurs: false }
      if (error instanceof TimeLimitError || error instanceof TooMuchWorkError)
        return { sentence: 'responseSchema takes too long on a body of this size', isOurs: true }
      throw error
    }
  }

  #violations(body: ExactJson, work: number): string | null {
    if (this.#first(body)) return null
    let errors = this.#first.errors ?? []
    if (work <= LISTABLE) {
      this.#every ??= this.#compile(true)
      this.#every(body)
      errors = this.#every.errors ?? errors
    }
    const shown = errors.slice(0, VIOLATIONS_SHOWN).map(violation)
    const more = errors.length - shown.length
    return `${shown.join('; ')}${more > 0 ? ` (and ${more} more)` : ''}`
  }

  /** Each schema has a compiler of its own: one that is shared keeps every schema that it ever saw. */
  #compile(allErrors: boolean): ValidateFunction {
    const regExp = Object.assign((source: string) => this.#pattern(source), { code: 'linear pattern' })
    const options: Options = {
      ...COMMON,
      meta: false,
      validateSchema: false,
      allErrors,
      verbose: true,
      code: { regExp },
    }
    const compiler = newCompiler(this.#shape.draft, options)
    try {
      return withinTime(COMPILE_LIMIT_MS, () => compiler.compile(this.#shape.schema))
    } catch (error) {
      if (error instanceof TimeLimitError) throw new SchemaError('the schema takes too long to be prepared')
      if (error instanceof PatternError) throw new SchemaError(`it has a bad pattern: ${error.message}`)
      if (error instanceof Error) throw new SchemaError(cut(error.message, 300))
      throw error
    }
  }

  #pattern(source: string) {
    const pattern = new LinearPattern(source)
    return { test: (text: string) => pattern.test(text, this.#work), toString: () => source }
  }
}

const COMMON: Options = { strict: false, ownProperties: true, logger: false, inlineRefs: false, validateFormats: false }

function newCompiler(draft: SchemaShape['draft'], options: Options): Ajv | Ajv2020 {
  const { Ajv } = lazy.ajv()
  const { Ajv2020 } = lazy.ajv2020()
  return draft === '2020-12' ? new Ajv2020(options) : new Ajv(options)
}

const metas = new Map<SchemaShape['draft'], Ajv | Ajv2020>()

/** What the schema of schemas says is wrong; null when nothing is. */
function metaProblem({ draft, schema }: SchemaShape): string | null {
  const meta = metas.get(draft) ?? newCompiler(draft, COMMON)
  metas.set(draft, meta)
  if (meta.validateSchema(schema) === true) return null
  const [first] = meta.errors ?? []
  return first === undefined ? 'it is not a JSON Schema' : `${place(first.instancePath)} ${first.message}`
}

function violation({ instancePath, message = 'does not fit', keyword, data }: ErrorObject): string {
  const got = /^(type|const|enum|pattern|format|minimum|maximum|exclusive|multiple|min|max)/.test(keyword)
  return cut(`${place(instancePath)} ${message}${got ? `, got ${cut(show(data as ExactJson), 60)}` : ''}`, 250)
}

/** A JSON Pointer (RFC 6901) as a path like those of assertions. */
function place(pointer: string): string {
  const keys = pointer.split('/').slice(1)
  const path = keys.map((key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
    if (/^\d+$/.test(name)) return `[${name}]`
    return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
  })
  return `$${path.join('')}`
}
