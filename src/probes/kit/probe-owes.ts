import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { CheckResult, Json } from '#domain'
import type { AnyProbe } from '../probe.ts'
import { HOSTILE_SERVERS, type Hostility } from './hostile-servers.ts'
import { runCheck } from './run-check.ts'
import { tcpServer } from './tcp-server.ts'

/** How a probe is pointed at a server. */
export interface ProbeTarget {
  probe: AnyProbe
  url: string
  config?: { [key: string]: Json }
}

export interface Owed {
  /** Servers that the type meets; those of TCP by default. */
  servers?: readonly Hostility[]
}

const TIMEOUT_MS = 300
/** What a check may hold beyond its own cap on the body (1 MiB); a flood sends far more in the time. */
const MEMORY_BYTES = 48 * 1_048_576

/**
 * Registers what every probe owes, whatever it checks: against each hostile server it ends within its deadline and a
 * second with a reason in words, frees its sockets, stays small, ends at once when called off, and throws nothing.
 */
export function probeOwes(
  name: string,
  pointAt: (host: string, port: number, t: TestContext) => ProbeTarget | Promise<ProbeTarget>,
  owed: Owed = {},
): void {
  describe(`${name}, whatever the server does,`, () => {
    for (const hostility of owed.servers ?? HOSTILE_SERVERS) {
      test(`ends in time with a reason, small, and frees its sockets: the server ${hostility.name}`, async (t) => {
        const server = await tcpServer(t, hostility.behave)
        const { probe, url, config } = await pointAt(server.host, server.port, t)
        const before = await quietSockets()
        const memory = watchMemory()
        const startMs = performance.now()
        const result = await runCheck(probe, url, config, { timeoutMs: TIMEOUT_MS })
        const tookMs = performance.now() - startMs
        const grownBytes = memory.stop()
        assert.ok(tookMs < TIMEOUT_MS + 1_000, `took ${tookMs} ms`)
        assertReason(result, hostility)
        await server.allClosed()
        await settled(before)
        assert.ok(grownBytes < MEMORY_BYTES, `grew by ${grownBytes} bytes`)
      })
    }

    test('ends at once when it is called off, and frees its socket', async (t) => {
      const server = await tcpServer(t, (socket) => socket.resume())
      const { probe, url, config } = await pointAt(server.host, server.port, t)
      const ending = new AbortController()
      setTimeout(() => ending.abort(), 50)
      const startMs = performance.now()
      const result = await runCheck(probe, url, config, { timeoutMs: 10_000, signal: ending.signal })
      assert.ok(performance.now() - startMs < 500)
      assert.equal(result.status, 'UNKNOWN', 'a check that was called off says nothing about its target')
      await server.allClosed()
    })

    test('makes no connection when it was called off before', async (t) => {
      const server = await tcpServer(t, (socket) => socket.resume())
      const { probe, url, config } = await pointAt(server.host, server.port, t)
      const result = await runCheck(probe, url, config, { signal: AbortSignal.abort() })
      assert.equal(result.status, 'UNKNOWN')
      assert.equal(server.connections, 0)
    })

    test('reaches no address that the policy refuses', async (t) => {
      const server = await tcpServer(t, (socket) => socket.resume())
      const { probe, url, config } = await pointAt(server.host, server.port, t)
      const targets = { refusal: (address: string) => `${address} is not to be reached` }
      const result = await runCheck(probe, url, config, { targets })
      assert.equal(result.status, 'DOWN')
      assert.equal(result.category, 'CONFIGURATION_ERROR')
      assert.match(result.error ?? '', /127\.0\.0\.1 is not to be reached/)
      assert.equal(server.connections, 0)
    })

    test('stays level over many checks', async (t) => {
      const server = await tcpServer(t, (socket) => socket.once('data', () => socket.destroy()))
      const { probe, url, config } = await pointAt(server.host, server.port, t)
      const before = await quietSockets()
      for (let i = 0; i < 200; i++) await runCheck(probe, url, config)
      await server.allClosed()
      await settled(before)
    })
  })
}

/** A person must be able to read it: words, and no bare code of a parser or an operating system. */
function assertReason(result: CheckResult, { mayPass }: Hostility): void {
  if (result.status === 'UP') {
    assert.ok(mayPass, 'counts a hostile server as up')
    assert.equal(result.error, null)
    return
  }
  assert.equal(result.status, 'DOWN')
  assert.match(result.error ?? '', /^[^A-Z].* .* .*/, `no sentence: ${result.error}`)
  assert.doesNotMatch(result.error ?? '', /^[A-Z_]+$|Error|undefined|\[object/)
  assert.notEqual(result.category, null)
  assert.doesNotThrow(() => structuredClone(result))
  assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
}

/** Sockets, lookups and timers that keep this process alive. */
function sockets(): string {
  return process
    .getActiveResourcesInfo()
    .filter((resource) => /Socket|TLS|UDP|GetAddrInfo|Zlib|Timeout/.test(resource))
    .sort()
    .join()
}

/** As `sockets`, when those that the test before closed are gone: that takes a turn or two of the event loop. */
async function quietSockets(): Promise<string> {
  for (let i = 0; i < 4; i++) await turn()
  return sockets()
}

/** Handles that were closed are gone some turns of the event loop later. */
async function settled(before: string): Promise<void> {
  const endMs = performance.now() + 500
  while (sockets() !== before && performance.now() < endMs) await turn()
  assert.equal(sockets(), before, 'a socket or timer outlives the check')
}

/** The most that heap and buffers grow until `stop`. */
function watchMemory(): { stop(): number } {
  const used = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const startBytes = used()
  let peakBytes = startBytes
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, used())
  }, 20)
  return {
    stop() {
      clearInterval(timer)
      return Math.max(peakBytes, used()) - startBytes
    },
  }
}
