import type { Deadline } from '../net/deadline.ts'
import { dial } from '../net/dial.ts'
import { Failure } from '../net/failure.ts'
import { type IpVersion, type Lookup, resolve } from '../net/resolve.ts'
import type { ProbeContext } from '../probe.ts'
import type { KnownCertificate } from '../tls/certificate.ts'
import { certificateFailure } from '../tls/certificate-failure.ts'
import { leafOf, secure } from '../tls/secure.ts'
import type { TlsMaterial, TrustSource } from '../tls/trust.ts'
import { type BodyWish, exchange } from './exchange.ts'
import type { Hop } from './hop.ts'
import type { ProxyServer } from './proxy.ts'
import type { Head, Sighting } from './sighting.ts'
import { dialThrough } from './tunnel.ts'

/** How a check gets to its target. */
export interface Route {
  ipVersion: IpVersion
  proxy: ProxyServer | null
  verifySsl: boolean
  material: TlsMaterial | null
}

/** What the machine gives: tests put their own in its place. */
export interface HttpDeps {
  lookup: Lookup
  trust: TrustSource
}

/** What asking takes beside the request. */
export interface Asking {
  route: Route
  context: ProbeContext
  deps: HttpDeps
  deadline: Deadline
  seen: Sighting
}

const ALPN = ['http/1.1']

/** One request: name lookup, connection, TLS, request and answer. Returns why it failed, or null. */
export async function ask(hop: Hop, asking: Asking, wish: (head: Head) => BodyWish): Promise<Failure | null> {
  const { route, context, deps, deadline, seen } = asking
  const { clock } = context
  const { phases } = seen
  seen.head = null
  seen.bytes = 0
  seen.attempts = []

  let atMs = clock.monotonicMs()
  const lap = (before: number | null) => {
    const nowMs = clock.monotonicMs()
    const total = (before ?? 0) + nowMs - atMs
    atMs = nowMs
    return total
  }
  let socket: Parameters<typeof secure>[0]
  if (route.proxy === null) {
    const resolving = resolve(hop.host, route.ipVersion, context.targets, deps.lookup, deadline)
    let addresses = resolving instanceof Promise ? null : resolving
    if (resolving instanceof Promise) {
      addresses = await resolving
      phases.dns = lap(phases.dns)
    }
    if (addresses === null) return null
    if (addresses instanceof Failure) return addresses
    const dialed = await dial(addresses, hop.port, deadline, clock, seen.attempts)
    if (dialed instanceof Failure) return dialed
    seen.address = dialed.address.address
    seen.family = dialed.address.family
    socket = dialed.socket
  } else {
    const tunnel = await dialThrough(route.proxy, hop, asking)
    if (tunnel instanceof Failure) return tunnel
    seen.proxy = route.proxy.name
    socket = tunnel
  }
  phases.connect = lap(phases.connect)

  if (hop.isTls) {
    const tls = { host: hop.serverName, context: deps.trust(route.material).context, alpn: ALPN }
    const secured = await secure(socket, tls, deadline)
    if (secured instanceof Failure) return secured
    phases.tls = lap(phases.tls)
    noteCertificate(seen, secured.certificate)
    if (route.verifySsl && secured.problem !== null) {
      const leaf = leafOf(secured.socket)
      secured.socket.destroy()
      return certificateFailure(secured.problem, hop.serverName, leaf, clock.nowMs())
    }
    socket = secured.socket
  }
  return exchange(socket, hop, seen, wish, deadline, clock)
}

/** On the way through redirects, the certificate that ends first is the one to watch. */
function noteCertificate(seen: Sighting, certificate: KnownCertificate | null): void {
  seen.certificate = certificate
  if (certificate === null) return
  if (seen.firstToEnd === null || certificate.validToMs < seen.firstToEnd.validToMs) seen.firstToEnd = certificate
}
