import { Command, InvalidArgumentError } from 'commander'
import { type CheckResult, type Json, judge, type MonitorType } from '#domain'
import { VERSION } from '../version.ts'
import { ADDRESS_EXAMPLES, type CheckTarget, readCheckAddress, readValue } from './check-address.ts'
import { checkLines, presentCheck } from './check-report.ts'
import { explainFailure } from './failure.ts'
import { CliError, type CliIo, type ExitCode } from './io.ts'

interface CheckOptions {
  type?: MonitorType
  /** Seconds. */
  timeout: number
  degraded?: number
  method?: string
  expect?: string
  header: string[]
  body?: string
  keyword: string[]
  keywordAbsent: string[]
  follow: boolean
  insecure?: true
  set: [string, Json][]
  json?: true
}

const EXIT_CODE: { readonly [status in CheckResult['status']]: ExitCode } = { UP: 0, DEGRADED: 0, DOWN: 1, UNKNOWN: 2 }

/** `check URL` */
export function checkCommand(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('Check a target once, here and now; needs no server and no data')
    .argument('<url>', 'what to check: a URL, a host, or a type and a host such as dns:example.com')
    .option('--type <type>', 'monitor type, where the address does not say', readType)
    .option('--timeout <seconds>', 'for everything from name lookup to last byte, up to 300', readTimeout, 30)
    .option('--degraded <ms>', 'a success slower than this is DEGRADED', readMs)
    .option('--method <method>', 'HTTP method (GET)')
    .option(
      '--expect <value>',
      'good status codes such as 200-299,301; of dns: the record; of tcp: and udp: text in the answer',
    )
    .option('--header <line>', 'request header, "Name: value"; may be repeated', collect, [])
    .option('--body <text>', 'request body')
    .option('--keyword <text>', 'text that must be in the body; may be repeated', collect, [])
    .option('--keyword-absent <text>', 'text that must not be in the body; may be repeated', collect, [])
    .option('--no-follow', 'judge a redirect itself instead of following it')
    .option('--insecure', 'accept any certificate')
    .option('--set <field=value>', 'any other field of the type as the API names it; may be repeated', collectField, [])
    .option('--json', 'print JSON')
    .addHelpText('after', `\nAddresses:\n${ADDRESS_EXAMPLES.map((each) => `  ${each}`).join('\n')}`)
    .addHelpText('after', '\nExit code: 0 for UP and DEGRADED, 1 for DOWN, 2 for wrong usage or a fault on this side.')
    .action(async (url: string, options: CheckOptions) => {
      try {
        setExitCode(await check(io, url, options))
      } catch (error) {
        // 1 would mean that the target is down.
        throw new CliError(2, explainFailure(error, io.env).message)
      }
    })
}

function collect(text: string, before: string[]): string[] {
  return [...before, text]
}

function collectField(text: string, before: [string, Json][]): [string, Json][] {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Expected field=value.')
  return [...before, [text.slice(0, equals), readValue(text.slice(equals + 1))]]
}

function readType(text: string): MonitorType {
  return text.toUpperCase()
}

function readTimeout(text: string): number {
  const seconds = Number(text)
  if (!(seconds >= 0.1 && seconds <= 300)) throw new InvalidArgumentError('Expected 0.1 to 300 seconds.')
  return seconds
}

function readMs(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Expected milliseconds, a whole number.')
  return Number(text)
}

/** What `--expect` means for a type. */
function expectField(type: MonitorType): string {
  if (type === 'DNS') return 'expectedValue'
  return type === 'PORT' ? 'expectData' : 'expectedStatusCode'
}

const HTTP_FAMILY: readonly MonitorType[] = ['WEBSITE', 'API', 'GRAPHQL']

/** What the address says, under the type that `--type` says. */
function targetOf(address: string, type: MonitorType | undefined): CheckTarget {
  const read = readCheckAddress(address)
  if (type === undefined) {
    if (typeof read === 'string') throw new CliError(2, read)
    return read
  }
  const isMeant =
    typeof read !== 'string' && (read.type === type || (read.type === 'WEBSITE' && HTTP_FAMILY.includes(type)))
  return isMeant ? { ...read, type } : { type, url: address, config: {} }
}

/** The fields of the monitor type that the options stand for. */
function configOf(type: MonitorType, options: CheckOptions): { [key: string]: Json } {
  const { method, expect, header, body, keyword, keywordAbsent, follow, insecure, set } = options
  return {
    ...(method !== undefined && { httpMethod: method.toUpperCase() }),
    ...(expect !== undefined && { [expectField(type)]: expect }),
    ...(header.length > 0 && { requestHeaders: headersOf(header) }),
    ...(body !== undefined && { requestBody: body }),
    ...(keyword.length > 0 && { keyword }),
    ...(keywordAbsent.length > 0 && { keywordAbsent }),
    ...(!follow && { followRedirects: false }),
    ...(insecure && { verifySsl: false }),
    ...Object.fromEntries(set),
  }
}

function headersOf(lines: string[]): { [name: string]: string } {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      if (colon < 1) throw new CliError(2, `--header: expected "Name: value", got ${JSON.stringify(line)}`)
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    }),
  )
}

async function check(io: CliIo, address: string, options: CheckOptions): Promise<ExitCode> {
  const [{ MONITOR_TYPES, probeFor, runProbe, targetPolicy }, { realClock }, { configProblems }] = await Promise.all([
    import('#probes'),
    import('#engine'),
    import('./config-problems.ts'),
  ])
  const { type, url, config: addressed } = targetOf(address, options.type)
  const probe = probeFor(type)
  if (probe === null) throw new CliError(2, `--type: expected one of ${MONITOR_TYPES.join(', ')}, got ${type}`)
  if (probe.run === undefined) throw new CliError(2, `Monitors of type ${type} can't be checked from here.`)
  const config = { ...addressed, ...configOf(type, options) }
  const problems = configProblems(probe, url, config)
  if (problems.length > 0) throw new CliError(2, problems.join('\n'))

  const checkedAtMs = Date.now()
  const job = { type, url, config, timeoutMs: options.timeout * 1000 }
  const raw = await runProbe(job, {
    clock: realClock,
    // Whoever has a shell here may reach the same addresses anyway; metadata addresses stay refused.
    targets: targetPolicy({ allowPrivate: true }),
    userAgent: `StatusApp/${VERSION}`,
    onFault: (error) => io.err(`StatusApp failed: ${error.stack ?? error.message}`),
  })
  const result = judge(raw, { degradedThresholdMs: options.degraded ?? null, upsideDown: false })
  if (options.json) io.out(JSON.stringify(presentCheck(result, checkedAtMs), null, 2))
  else for (const line of checkLines(result)) io.out(line)
  return EXIT_CODE[result.status]
}
