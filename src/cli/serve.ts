import { Command } from 'commander'
import type { CliIo, ExitCode } from './io.ts'
import { stopOnSignal } from './shutdown.ts'

interface ServeOptions {
  port?: string
  host?: string
  dataDir?: string
}

/** `serve` */
export function serveCommand(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return new Command('serve')
    .description('Run the server: API, checks and notifications, until SIGTERM or SIGINT')
    .option('--port <port>', 'port to listen on (PORT, 8080)')
    .option('--host <address>', 'address to listen on (HOST, 127.0.0.1)')
    .option('--data-dir <folder>', 'folder of the database (STATUSAPP_DATA_DIR, ./data)')
    .action(async (options: ServeOptions) => setExitCode(await serve(io, options)))
}

async function serve(io: CliIo, { port, host, dataDir }: ServeOptions): Promise<ExitCode> {
  const [{ readConfig, unknownSettings }, { startServer }, { pino }, { realClock }] = await Promise.all([
    import('#config'),
    import('../serve.ts'),
    import('pino'),
    import('#engine'),
  ])
  const config = readConfig({
    ...io.env,
    ...(port === undefined ? {} : { PORT: port }),
    ...(host === undefined ? {} : { HOST: host }),
    ...(dataDir === undefined ? {} : { STATUSAPP_DATA_DIR: dataDir }),
  })
  // Written at once, not in the background: the line before a crash is the one that is wanted.
  const log = pino(
    { level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )

  const unknown = unknownSettings(io.env)
  if (unknown.length > 0) log.warn(`not a setting of this version, so ignored: ${unknown.join(', ')}`)

  const fatal = (error: unknown) => {
    log.fatal({ err: error }, 'uncaught error: ending')
    process.exit(1)
  }
  process.on('uncaughtException', fatal)
  process.on('unhandledRejection', fatal)

  const server = startServer(config, { log })
  const stopped = stopOnSignal(server, { signals: process, clock: realClock, log: (message) => log.info(message) })
  const { url, setupUrl } = await server
  // A message, since standard output has one line: whoever waits for that has seen this.
  if (setupUrl !== null) io.err(`There is no owner yet. Become it at ${setupUrl}`)
  io.out(`StatusApp is ready at ${url}`)
  return await stopped
}
