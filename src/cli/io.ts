/** Where a command's words go. */
export interface CliIo {
  /** Data: standard output. */
  out(line: string): void
  /** Messages: standard error. */
  err(line: string): void
  /** All of standard input. */
  input(): Promise<string>
  env: { [name: string]: string | undefined }
}

/** 1: it did not work out, or the answer is no. 2: wrong usage, or (for `check`) our own fault. */
export type ExitCode = 0 | 1 | 2

/** A command ends with one sentence on standard error and this exit code. */
export class CliError extends Error {
  readonly exitCode: ExitCode
  constructor(exitCode: ExitCode, message: string) {
    super(message)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}
