import { request } from 'node:http'
import { isIP, type Socket } from 'node:net'
import type { RootCauseCategory } from '#domain'
import { lazy } from '../lazy.ts'
import { socketName } from '../net/connect-failure.ts'
import type { Deadline } from '../net/deadline.ts'
import { dial } from '../net/dial.ts'
import { errorCode, Failure } from '../net/failure.ts'
import { resolve } from '../net/resolve.ts'
import type { TargetPolicy } from '../target-policy.ts'
import type { Asking } from './ask.ts'
import { MAX_HEADER_BYTES } from './exchange-failure.ts'
import type { Hop } from './hop.ts'
import { basicPair, type ProxyServer } from './proxy.ts'

/**
 * Connects to a hop's target through a proxy. The target policy judges the proxy's address, and the target's where it
 * is known here: a literal one, or one looked up for `socks5:`. With HTTP CONNECT (RFC 9110, section 9.3.6) and
 * `socks5h:` the proxy looks the name up, so that what it leads to is the proxy's affair.
 */
export async function dialThrough(proxy: ProxyServer, hop: Hop, asking: Asking): Promise<Socket | Failure> {
  const { context, deps, deadline, seen, route } = asking
  const { clock, targets } = context
  let host = hop.host
  if (proxy.kind === 'socks5') {
    const found = await resolve(host, route.ipVersion, targets, deps.lookup, deadline)
    if (found instanceof Failure) return found
    host = found[0]?.address ?? host
    seen.address = host
    seen.family = isIP(host)
  } else {
    const refusal = refusalOf(host, targets)
    if (refusal !== null) return new Failure({ sentence: refusal, category: 'CONFIGURATION_ERROR' })
  }
  const addresses = await resolve(proxy.host, 'any', targets, deps.lookup, deadline)
  if (addresses instanceof Failure) return ofProxy(proxy, addresses)
  const dialed = await dial(addresses, proxy.port, deadline, clock, seen.attempts)
  if (dialed instanceof Failure) return ofProxy(proxy, dialed)
  const target = socketName(host, hop.port)
  const way: Way = { socket: dialed.socket, proxy, host, port: hop.port, target, deadline }
  return setUp(way, proxy.kind === 'http' ? askByHttp : askBySocks)
}

/** A connection to a proxy, and where it is to lead. */
interface Way {
  socket: Socket
  proxy: ProxyServer
  host: string
  port: number
  /** Host and port, for people and for CONNECT. */
  target: string
  deadline: Deadline
}

/** Asks the proxy, and tells the outcome: null when the socket leads to the target now. */
type AskProxy = (way: Way, onOutcome: (failure: Failure | null) => void) => void

/** A socket that does not lead to the target by the deadline is not left open. */
function setUp(way: Way, askProxy: AskProxy): Promise<Socket | Failure> {
  const { socket, proxy, target, deadline } = way
  return new Promise((settle) => {
    const end = (failure: Failure | null) => {
      if (failure !== null) socket.destroy()
      settle(failure ?? socket)
    }
    deadline.begin(`while proxy ${proxy.name} connects to ${target}`, end)
    if (deadline.failure === null) askProxy(way, end)
  })
}

function refusalOf(host: string, targets: TargetPolicy): string | null {
  if (isIP(host) !== 0) return targets.refusal(host)
  // RFC 6761, section 6.3: these names mean nothing else, whoever looks them up.
  return /^(?:.+\.)?localhost\.?$/i.test(host) ? targets.refusal('127.0.0.1') : null
}

const askByHttp: AskProxy = ({ socket, proxy, target }, onOutcome) => {
  const sent = request({
    createConnection: () => socket,
    method: 'CONNECT',
    path: target,
    headers: [
      ...['Host', target],
      ...(hasUser(proxy) ? ['Proxy-Authorization', `Basic ${basicPair(proxy.username, proxy.password)}`] : []),
    ],
    maxHeaderSize: MAX_HEADER_BYTES,
  })
  sent.on('connect', ({ statusCode = 0, statusMessage = '' }, _socket, head) => {
    if (statusCode < 200 || statusCode > 299) return onOutcome(refusedByHttp(proxy, target, statusCode, statusMessage))
    if (head.length > 0) socket.unshift(head)
    onOutcome(null)
  })
  sent.on('upgrade', () => onOutcome(broken(proxy)))
  sent.on('response', () => onOutcome(broken(proxy)))
  sent.on('error', (error) => onOutcome(lost(proxy, target, error)))
  sent.end()
}

function hasUser({ username, password }: ProxyServer): boolean {
  return username !== '' || password !== ''
}

function refusedByHttp({ name }: ProxyServer, target: string, statusCode: number, message: string): Failure {
  if (statusCode === 407) {
    const sentence = `proxy ${name} does not accept its user name and password (407)`
    return new Failure({ sentence, category: 'CONFIGURATION_ERROR' })
  }
  const reason = `${statusCode} ${message.slice(0, 100)}`.trim()
  return new Failure({ sentence: `proxy ${name} does not connect to ${target}: ${reason}`, category: 'INFRASTRUCTURE' })
}

function broken({ name }: ProxyServer): Failure {
  const sentence = `proxy ${name} does not speak HTTP as a proxy does`
  return new Failure({ sentence, category: 'CONFIGURATION_ERROR' })
}

function lost(proxy: ProxyServer, target: string, error: Error): Failure {
  const code = errorCode(error)
  if (code.startsWith('HPE_')) return broken(proxy)
  const sentence = `proxy ${proxy.name} closed the connection instead of connecting to ${target}`
  return new Failure({ sentence, category: 'INFRASTRUCTURE' })
}

/** What the package says of an answer of the proxy (RFC 1928, section 6), and what that means. */
const SOCKS_ANSWERS: readonly (readonly [said: RegExp, sentence: string, category: RootCauseCategory])[] = [
  [/Authentication failed/i, 'does not accept its user name and password', 'CONFIGURATION_ERROR'],
  [/no accepted authentication type/i, 'wants another way of signing in', 'CONFIGURATION_ERROR'],
  [/NotAllowed/, 'is not allowed by its rules to connect to TARGET', 'CONFIGURATION_ERROR'],
  [/NetworkUnreachable/, 'has no route to the network of TARGET', 'INFRASTRUCTURE'],
  [/HostUnreachable/, 'can not reach TARGET', 'INFRASTRUCTURE'],
  [/ConnectionRefused/, 'says that TARGET refused the connection', 'CONNECTION_REFUSED'],
  [/TTLExpired/, 'got no answer from TARGET', 'NETWORK_TIMEOUT'],
  [/rejected connection/i, 'does not connect to TARGET', 'INFRASTRUCTURE'],
  [/Socket closed|ECONNRESET|EPIPE/i, 'closed the connection instead of connecting to TARGET', 'INFRASTRUCTURE'],
]

const askBySocks: AskProxy = ({ socket, proxy, host, port, target, deadline }, onOutcome) => {
  lazy
    .socks()
    .SocksClient.createConnection({
      command: 'connect',
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: 5,
        ...(hasUser(proxy) && { userId: proxy.username, password: proxy.password }),
      },
      destination: { host, port },
      existing_socket: socket,
      // Our deadline ends the socket, and with it the package's work; its own timer only must not come before.
      timeout: deadline.timeoutMs + 1_000,
    })
    .then(
      () => onOutcome(null),
      (error) => onOutcome(socksFailure(proxy, target, errorCode(error))),
    )
}

function socksFailure({ name }: ProxyServer, target: string, said: string): Failure {
  const known = SOCKS_ANSWERS.find(([pattern]) => pattern.test(said))
  const [, sentence, category] = known ?? [null, 'does not speak SOCKS 5', 'CONFIGURATION_ERROR' as const]
  return new Failure({ sentence: `proxy ${name} ${sentence.replace('TARGET', target)}`, category })
}

/** A failure on the way to the proxy says nothing of the target. */
function ofProxy({ name }: ProxyServer, failure: Failure): Failure {
  const { sentence, category, localFault, unmeasured } = failure
  return new Failure({ sentence: `proxy ${name}: ${sentence}`, category, localFault, unmeasured })
}
