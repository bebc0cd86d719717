import type { CheckResult, RootCauseCategory } from '#domain'

/** Why a check did not succeed. */
export interface FailureFacts {
  /** What was expected and what came. */
  sentence: string
  category: RootCauseCategory
  /** The fault looks like ours. */
  localFault?: boolean
  /** It could not be measured at all: the target is not to blame. */
  unmeasured?: boolean
}

/** A failed step. It is a value: steps return it beside their result, and nothing is thrown. */
export class Failure {
  readonly sentence: string
  readonly category: RootCauseCategory
  readonly localFault: boolean
  readonly unmeasured: boolean

  constructor({ sentence, category, localFault = false, unmeasured = false }: FailureFacts) {
    this.sentence = sentence
    this.category = category
    this.localFault = localFault || unmeasured
    this.unmeasured = unmeasured
  }
}

/** What a failure, or none, makes of a check's result: the same for every type. What was not measured has no cause. */
export function judged(failure: Failure | null): Pick<CheckResult, 'status' | 'error' | 'category' | 'localFault'> {
  if (failure === null) return { status: 'UP', error: null, category: null, localFault: false }
  const { sentence, category, localFault, unmeasured } = failure
  if (unmeasured) return { status: 'UNKNOWN', error: sentence, category: null, localFault }
  return { status: 'DOWN', error: sentence, category, localFault }
}

/** The `code` of an error of Node's, or its message where it has none. */
export function errorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message
  return String(error)
}

/** The operating system has no more of what a socket takes. */
const EXHAUSTED = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'EAI_MEMORY'])

/** The check could not be made for lack of resources here; null for any other code. */
export function exhaustion(code: string): Failure | null {
  if (!EXHAUSTED.has(code)) return null
  return new Failure({
    sentence: `this machine is out of sockets or memory (${code}), so the check could not be made`,
    category: 'INFRASTRUCTURE',
    unmeasured: true,
  })
}

/** One failure for all that were tried: each with its own sentence; the target's faults weigh more than ours. */
export function allFailed(failures: readonly Failure[]): Failure {
  const weightiest = failures.find(({ localFault }) => !localFault) ?? failures[0]
  return new Failure({
    sentence: failures.map(({ sentence }) => sentence).join('; '),
    category: weightiest?.category ?? 'UNKNOWN',
    localFault: failures.every(({ localFault }) => localFault),
    unmeasured: failures.every(({ unmeasured }) => unmeasured),
  })
}
