import type { X509Certificate } from 'node:crypto'

/** Certificates that a server sent, leaf first, in its order; a server that sends more than this is not listened to. */
const MAX_SENT = 20

export function sentChain(leaf: X509Certificate): X509Certificate[] {
  const sent: X509Certificate[] = []
  let next: X509Certificate | undefined = leaf
  while (next !== undefined && sent.length < MAX_SENT) {
    sent.push(next)
    next = next.issuerCertificate
  }
  return sent
}

/**
 * The path from the leaf upwards (RFC 5280, section 6.1): at each step a trusted authority if one issued the
 * certificate, else the sent one that is valid now and stays so for longest. What was sent beside the path is left out.
 */
export function pathOf(
  sent: readonly X509Certificate[],
  authorities: (issuer: string) => readonly X509Certificate[],
  nowMs: number,
): X509Certificate[] {
  const path: X509Certificate[] = []
  let current = sent[0]
  while (current !== undefined && !path.includes(current)) {
    path.push(current)
    const child: X509Certificate = current
    if (isIssuedBy(child, child)) break
    const trusted = best(authorities(child.issuer), child, nowMs)
    if (trusted !== undefined) {
      path.push(trusted)
      break
    }
    current = best(sent, child, nowMs)
  }
  return path
}

/** Whether the path ends at a certificate that signs itself, as roots do. */
export function endsAtRoot(path: readonly X509Certificate[]): boolean {
  const last = path.at(-1)
  return last !== undefined && isIssuedBy(last, last)
}

function best(among: readonly X509Certificate[], child: X509Certificate, nowMs: number): X509Certificate | undefined {
  const weight = (each: X509Certificate) =>
    (isValid(each, nowMs) ? Number.MAX_SAFE_INTEGER : 0) / 2 + each.validToDate.getTime()
  return among.filter((each) => each !== child && isIssuedBy(child, each)).sort((a, b) => weight(b) - weight(a))[0]
}

function isValid({ validFromDate, validToDate }: X509Certificate, nowMs: number): boolean {
  return validFromDate.getTime() <= nowMs && nowMs <= validToDate.getTime()
}

function isIssuedBy(child: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return child.issuer === issuer.subject && child.checkIssued(issuer) && child.verify(issuer.publicKey)
  } catch {
    return false
  }
}
