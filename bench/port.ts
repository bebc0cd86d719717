import { once } from 'node:events'
import { connect } from 'node:net'
import { Partner } from './partner.ts'
import { bestOf } from './per-cpu-second.ts'
import type { OpenPorts } from './port-target.ts'
import { atLeast, type BenchOptions, figure, type Row } from './row.ts'
import { upCheck } from './up-check.ts'

const CHECKS = 8_000

/** Measures the PORT probe beside a bare `node:net` loop that opens the same port and closes it. */
export async function benchPort({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./port-target.ts')
  try {
    const ports = await target.ask<OpenPorts>()
    const bares = ports.map((port) => () => openBare(port))
    const probes = ports.map((port) =>
      upCheck({ type: 'PORT', url: `tcp://127.0.0.1:${port}`, config: {}, timeoutMs: 10_000 }),
    )
    const checks = { bare: inTurn(bares), probe: inTurn(probes) }
    const best = await bestOf(checks, quick ? CHECKS / 4 : CHECKS)
    return [
      figure('PORT probe alone', best.probe, 'checks/CPU s', { name: 'bare loop', value: best.bare }),
      atLeast(60, 'the same, of the bare loop', (100 * best.probe) / best.bare, '%'),
    ]
  } finally {
    await target.stop()
  }
}

async function openBare(port: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  await once(socket, 'connect')
  socket.destroy()
}

function inTurn(checks: (() => Promise<void>)[]): () => Promise<void> {
  let next = 0
  return async () => checks[next++ % checks.length]?.()
}
