import { text } from 'node:stream/consumers'
import { runCommandLine } from './cli/program.ts'

// A reader that went away (`| head`, a closed terminal) is no reason to fail, least of all for a server.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

const exitCode = await runCommandLine(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  input: () => text(process.stdin),
  env: process.env,
})
process.exit(exitCode)
