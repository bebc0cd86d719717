import { Command, CommanderError } from 'commander'
import { VERSION } from '../version.ts'
import { accountsCommand } from './accounts.ts'
import { checkCommand } from './check.ts'
import { explainFailure } from './failure.ts'
import type { CliIo, ExitCode } from './io.ts'
import { keysCommand } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { secretsCommand } from './secrets.ts'
import { serveCommand } from './serve.ts'
import { usersCommand } from './users.ts'

/** A command's action reports its exit code here; 0 unless it does. */
export type SetExitCode = (code: ExitCode) => void

/** Runs one command to its end and returns the exit code. Commands load what they need only when they run. */
export async function runCommandLine(args: string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = newProgram(io, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // Help and version end by an error of commander too, with exit code 0; it has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const failure = explainFailure(error, io.env)
    io.err(failure.message)
    return failure.exitCode
  }
}

function newProgram(io: CliIo, setExitCode: SetExitCode): Command {
  const program = new Command('statusapp')
    .description('Watches websites, APIs and cron jobs, decides whether they are up, and tells people.')
    .version(VERSION)
    .showHelpAfterError('(add --help for what is possible)')
    .addHelpText('after', '\nSettings come from the environment: see docs/guide/settings.md.')
  const commands = [
    serveCommand(io, setExitCode),
    checkCommand(io, setExitCode),
    keysCommand(io),
    accountsCommand(io),
    usersCommand(io),
    secretsCommand(io),
    migrateCommand(io),
  ]
  for (const command of commands) program.addCommand(command)
  for (const command of [program, ...commands, ...commands.flatMap((group) => group.commands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    })
  }
  return program
}
