import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { type CheckResult, certificateDays, type Json, NO_PHASES, type Phases } from '#domain'
import type { HttpDeps } from '../http/ask.ts'
import { Deadline } from '../net/deadline.ts'
import { dial, type FailedAttempt } from '../net/dial.ts'
import { errorCode, Failure, judged } from '../net/failure.ts'
import { type IpVersion, type Lookup, resolve } from '../net/resolve.ts'
import type { ProbeContext } from '../probe.ts'
import { daysUntil, knownCertificate, oneLine, shortName, watchedCertificate } from './certificate.ts'
import { certificateProblem } from './certificate-failure.ts'
import { expiryWarning } from './expiry-warning.ts'
import { type TlsConfig, tlsMaterial } from './fields.ts'
import { checkIdentity } from './identity.ts'
import { leafOf, type Secured, secure } from './secure.ts'
import { pathOf, sentChain } from './sent-chain.ts'
import { readTarget, type TlsTarget } from './target.ts'
import type { Trust } from './trust.ts'

export type CertificateConfig = TlsConfig & { port?: number; ipVersion?: IpVersion }

/** What a check has seen so far. */
interface Seen {
  phases: Phases
  address: string | null
  family: number | null
  attempts: FailedAttempt[]
  facts: CertificateSighting | null
}

/** What the certificate check tells of a handshake. */
interface CertificateSighting {
  leaf: X509Certificate
  sent: X509Certificate[]
  /** From the leaf to the root, or as far as it is known. */
  path: X509Certificate[]
  protocol: string | null
  cipher: string | null
}

/** Looks at the certificate of a server once: a connection and a handshake of its own, no request. */
export async function checkCertificate(
  url: string,
  config: CertificateConfig,
  context: ProbeContext,
  deps: HttpDeps,
): Promise<CheckResult> {
  const seen: Seen = { phases: { ...NO_PHASES }, address: null, family: null, attempts: [], facts: null }
  const target = readTarget(url, config.port)
  if ('message' in target) {
    const failure = new Failure({ sentence: `${target.path}: ${target.message}`, category: 'CONFIGURATION_ERROR' })
    return resultOf(seen, null, failure, null, config, context)
  }
  // Made at the first use, which takes a while: no part of the target's time.
  const trust = deps.trust(tlsMaterial(config))
  const startMs = context.clock.monotonicMs()
  const deadline = new Deadline(context.clock, context.signal, context.timeoutMs)
  try {
    const failure = await look(target, config, context, { lookup: deps.lookup, trust }, deadline, seen)
    const tookMs = seen.phases.tls === null ? null : context.clock.monotonicMs() - startMs
    return resultOf(seen, target, failure, tookMs, config, context)
  } finally {
    deadline.close()
  }
}

async function look(
  { host, port }: TlsTarget,
  config: CertificateConfig,
  context: ProbeContext,
  { lookup, trust }: { lookup: Lookup; trust: Trust },
  deadline: Deadline,
  seen: Seen,
): Promise<Failure | null> {
  const { clock, targets } = context
  let atMs = clock.monotonicMs()
  const lap = () => {
    const before = atMs
    atMs = clock.monotonicMs()
    return atMs - before
  }
  const resolving = resolve(host, config.ipVersion ?? 'any', targets, lookup, deadline)
  const addresses = await resolving
  if (resolving instanceof Promise) seen.phases.dns = lap()
  if (addresses instanceof Failure) return addresses
  const dialed = await dial(addresses, port, deadline, clock, seen.attempts)
  if (dialed instanceof Failure) return dialed
  seen.phases.connect = lap()
  seen.address = dialed.address.address
  seen.family = dialed.address.family

  const secured = await secure(dialed.socket, { host, context: trust.context }, deadline)
  if (secured instanceof Failure) return secured
  seen.phases.tls = lap()
  seen.facts = sightingOf(secured.socket, trust.authorities, clock.nowMs())
  const problems = problemsOf(secured, host, seen.facts?.leaf, clock.nowMs())
  // In order: a handshake that is dropped at its end looks like a fault in the server's log.
  secured.socket.destroySoon()
  return problems.length === 0 ? null : new Failure({ sentence: problems.join('; '), category: 'SSL_CERTIFICATE' })
}

function sightingOf(
  socket: TLSSocket,
  authorities: (subject: string) => readonly X509Certificate[],
  nowMs: number,
): CertificateSighting | null {
  const leaf = leafOf(socket)
  if (leaf === undefined) return null
  const sent = sentChain(leaf)
  const { standardName, name } = socket.getCipher()
  return {
    leaf,
    sent,
    path: pathOf(sent, authorities, nowMs),
    protocol: socket.getProtocol(),
    cipher: standardName ?? name,
  }
}

/** All that speaks against the certificate: OpenSSL stops at its first objection and does not look at the name then. */
function problemsOf(
  { socket, problem }: Secured,
  host: string,
  leaf: X509Certificate | undefined,
  nowMs: number,
): string[] {
  if (leaf === undefined) return ['the server sends no certificate']
  if (problem === null) return []
  const identity = checkIdentity(host, socket.getPeerCertificate())
  const codes = new Set([problem, ...(identity === undefined ? [] : [errorCode(identity)])])
  return [...codes].map((code) => certificateProblem(code, host, leaf, nowMs))
}

function resultOf(
  seen: Seen,
  target: TlsTarget | null,
  failure: Failure | null,
  tookMs: number | null,
  config: CertificateConfig,
  { clock }: ProbeContext,
): CheckResult {
  const nowMs = clock.nowMs()
  const { facts } = seen
  const known = facts === null ? null : knownCertificate(facts.leaf.fingerprint256, facts.leaf)
  return {
    ...judged(failure),
    responseTimeMs: tookMs,
    phases: seen.phases,
    statusCode: null,
    details: detailsOf(seen, target, certificateDays(config.sslCertExpiryDays), nowMs),
    evidence: failure === null ? null : evidenceOf(seen),
    ...(known !== null && { certificate: watchedCertificate(known) }),
  }
}

/** `daysLeft` is null as long as no certificate was seen: unknown is not zero. */
function detailsOf(seen: Seen, target: TlsTarget | null, days: readonly number[], nowMs: number): Json {
  const { address, family, facts } = seen
  const known = facts === null ? null : knownCertificate(facts.leaf.fingerprint256, facts.leaf)
  const daysLeft = known === null ? null : daysUntil(known.validToMs, nowMs)
  return {
    host: target?.host ?? null,
    port: target?.port ?? null,
    address,
    family,
    daysLeft,
    certificate: known === null ? null : { ...known.facts, daysLeft },
    chain: facts === null ? null : facts.path.map(linkOf),
    protocol: facts?.protocol ?? null,
    cipher: facts?.cipher ?? null,
    warnings: facts === null ? [] : warningsOf(facts, days, nowMs),
  }
}

function linkOf({ subject, issuer, validToDate }: X509Certificate): { [name: string]: Json } {
  return { subject: oneLine(subject), issuer: oneLine(issuer), validTo: validToDate.toISOString() }
}

/** The leaf first; then whatever above it ends sooner, by name. The root is judged by whoever trusts it. */
function warningsOf({ path }: CertificateSighting, days: readonly number[], nowMs: number): string[] {
  const [leaf, ...above] = path
  if (leaf === undefined) return []
  const leafEndMs = leaf.validToDate.getTime()
  const shorter = above.filter((each) => each.subject !== each.issuer && each.validToDate.getTime() < leafEndMs)
  return [
    expiryWarning('the certificate', leafEndMs, nowMs, days),
    ...shorter.map((each) =>
      expiryWarning(
        `the intermediate certificate "${shortName(each.subject)}"`,
        each.validToDate.getTime(),
        nowMs,
        days,
      ),
    ),
  ].filter((warning) => warning !== null)
}

function evidenceOf({ facts, attempts, phases }: Seen): Json {
  return {
    chain: facts === null ? [] : facts.sent.map(linkOf),
    phases: { ...phases },
    addresses: attempts.map(({ address, error }) => ({ address, error })),
  }
}
