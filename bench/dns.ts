import { createSocket } from 'node:dgram'
import { encode } from 'dns-packet'
import type { DnsTargetPort } from './dns-target.ts'
import { Partner } from './partner.ts'
import { bestOf } from './per-cpu-second.ts'
import { atLeast, type BenchOptions, type Row } from './row.ts'
import { upCheck } from './up-check.ts'

const CHECKS = 12_000

/** Measures the DNS probe beside a bare loop that asks the same from a new port each time and reads no answer. */
export async function benchDns({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./dns-target.ts')
  try {
    const port = await target.ask<DnsTargetPort>()
    const query = encode({ type: 'query', id: 1, flags: 256, questions: [{ name: 'www.example.com', type: 'A' }] })
    const bare = () => askBare(port, query)
    const config = { dnsServer: `127.0.0.1:${port}`, expectedValue: '192.0.2.1' }
    const probe = upCheck({ type: 'DNS', url: 'www.example.com', config, timeoutMs: 10_000 })
    const best = await bestOf({ bare, probe }, quick ? CHECKS / 4 : CHECKS)
    const yardstick = { name: 'bare loop', value: best.bare }
    return [atLeast(10_000, 'DNS probe alone', best.probe, 'checks/CPU s', yardstick)]
  } finally {
    await target.stop()
  }
}

function askBare(port: number, query: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.on('error', reject)
    socket.on('message', () => socket.close(() => resolve()))
    socket.connect(port, '127.0.0.1', () => socket.send(query))
  })
}
