import { request } from 'node:https'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { SecureTarget } from './https-target.ts'
import { Partner } from './partner.ts'
import { bestOf } from './per-cpu-second.ts'
import { atLeast, type BenchOptions, figure, type Row } from './row.ts'
import { upCheck } from './up-check.ts'

const CHECKS = 1_000

/**
 * Measures HTTPS and certificate checks beside a bare loop with one shared context that trusts the same authorities:
 * a new connection and a full handshake each.
 */
export async function benchProbeHttps({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./https-target.ts')
  try {
    const { ports, ca } = await target.ask<SecureTarget>()
    const secureContext = createSecureContext({ ca: [...getCACertificates('default'), ca] })
    const config = { caCertificate: ca }
    const job = { config, timeoutMs: 10_000 }
    const checks = {
      bare: inTurn(ports.map((port) => () => bareSecureRequest(port, secureContext))),
      probe: inTurn(ports.map((port) => upCheck({ type: 'WEBSITE', url: `https://127.0.0.1:${port}/`, ...job }))),
      certificate: inTurn(ports.map((port) => upCheck({ type: 'SSL_CERT', url: `127.0.0.1:${port}`, ...job }))),
    }
    const best = await bestOf(checks, quick ? CHECKS / 4 : CHECKS)
    const bare = { name: 'bare loop', value: best.bare }
    return [
      figure('HTTPS probe alone', best.probe, 'checks/CPU s', bare),
      atLeast(75, 'the same, of the bare loop', (100 * best.probe) / best.bare, '%'),
      figure('SSL_CERT probe alone', best.certificate, 'checks/CPU s', bare),
    ]
  } finally {
    await target.stop()
  }
}

function bareSecureRequest(port: number, secureContext: SecureContext): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, agent: false as const, secureContext }
    request(options, (response) => {
      response.on('end', resolve)
      response.resume()
    })
      .on('error', reject)
      .end()
  })
}

function inTurn(checks: (() => Promise<void>)[]): () => Promise<void> {
  let next = 0
  return async () => checks[next++ % checks.length]?.()
}
