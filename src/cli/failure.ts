import { CliError, type ExitCode } from './io.ts'

/** Errors whose message is a sentence for people already; told by name, so that no room is loaded for them. */
const SPEAKING = new Set(['ConfigError', 'DataLockedError', 'SecretError', 'StorageError'])

/** One sentence that a person can act on, and the exit code. The stack is only for faults of our own. */
export function explainFailure(
  error: unknown,
  env: { [name: string]: string | undefined },
): { message: string; exitCode: ExitCode } {
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode }
  if (!(error instanceof Error)) return { message: `StatusApp failed: ${String(error)}`, exitCode: 1 }
  if (SPEAKING.has(error.name)) return { message: error.message, exitCode: 1 }
  return { message: systemFailure(error, env) ?? `StatusApp failed: ${error.stack ?? error.message}`, exitCode: 1 }
}

function systemFailure(error: NodeJS.ErrnoException, env: { [name: string]: string | undefined }): string | null {
  if (error.syscall === 'listen' || error.syscall === 'bind') return listenFailure(error)
  const isFile = (error.syscall !== undefined && error.path !== undefined) || error.code === 'ERR_SQLITE_ERROR'
  if (!isFile) return null
  const dataDir = env['STATUSAPP_DATA_DIR'] ?? './data'
  return `The data folder ${dataDir} can't be used: ${error.message}. Set STATUSAPP_DATA_DIR to one that this user may write to.`
}

function listenFailure(error: NodeJS.ErrnoException): string {
  const { port, address } = { port: '?', address: '?', ...error }
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${address} is in use. Stop the program that has it, or set PORT to another one.`
    case 'EACCES':
      return `This user may not listen on port ${port}. Set PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${address}. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.`
    default:
      return `Can't listen on port ${port} of ${address}: ${error.message}`
  }
}
