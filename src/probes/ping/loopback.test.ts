import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { probeOwes } from '../kit/probe-owes.ts'
import { runCheck } from '../kit/run-check.ts'
import { pingProbe } from '../ping.ts'
import type { AnyProbe } from '../probe.ts'
import { openIcmp } from './open-icmp.ts'

const deaf = { onReply() {}, onError() {} }

/** Why this machine can't ping over a socket; false when it can. */
function obstacle(family: 4 | 6): string | false {
  const isThere = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))
  if (family === 6 && !isThere) return 'this machine has no ::1'
  const socket = openIcmp(family, deaf)
  if ('reason' in socket) return socket.reason
  socket.close()
  return false
}

const no4 = obstacle(4)

for (const [host, skip] of [
  ['127.0.0.1', no4],
  ['localhost', no4],
  ['ping://127.8.7.6', no4],
  ['::1', obstacle(6)],
] as const) {
  test(`${host} answers`, { skip }, async () => {
    const { status, error, responseTimeMs, details } = await runCheck(pingProbe, host, { packets: 2 })
    assert.equal(error, null)
    assert.equal(status, 'UP')
    assert.ok(responseTimeMs !== null && responseTimeMs > 0 && responseTimeMs < 100, `${responseTimeMs}`)
    assert.partialDeepStrictEqual(details, { method: 'socket', sent: 2, received: 2, loss: 0 })
  })
}

test('a thread that is terminated leaves no socket behind', {
  skip: process.platform === 'linux' ? no4 : 'there is no /proc here',
}, async () => {
  const before = openSockets()
  const script = `
    const { openIcmp } = await import(${JSON.stringify(new URL('open-icmp.ts', import.meta.url).href)})
    const { parentPort } = await import('node:worker_threads')
    const socket = openIcmp(4, { onReply() {}, onError() {} })
    parentPort.on('message', () => socket.listen(true))
    parentPort.postMessage('open')`
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`))
  await once(thread, 'message')
  const during = openSockets()
  await thread.terminate()
  assert.deepEqual([during.difference(before).size, openSockets().difference(before).size], [1, 0])
})

/** What the descriptors of this process mean, as far as they are sockets: `socket:[123]`. */
function openSockets(): Set<string> {
  const meanings = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return 'closed meanwhile'
    }
  })
  return new Set(meanings.filter((meaning) => meaning.startsWith('socket:')))
}

test('300 hosts at once each answer, at their own address', { skip: no4 }, async () => {
  const hosts = Array.from({ length: 300 }, (_, i) => `127.1.${i >> 8}.${i & 255}`)
  const results = await Promise.all(hosts.map((host) => runCheck(pingProbe, host, {}, { timeoutMs: 5_000 })))
  for (const [i, { status, details }] of results.entries()) {
    assert.equal(status, 'UP')
    assert.partialDeepStrictEqual(details, { address: hosts[i], received: 3 })
  }
})

/** A check over two packets lasts; where it must not, one does. */
const steady: AnyProbe = {
  ...pingProbe,
  run: (target, config, context) =>
    pingProbe.run(target, { ...config, packets: context.timeoutMs > 1_000 ? 2 : 1 }, context),
}
if (no4 === false) probeOwes('PING', (host) => ({ probe: steady, url: host }), { servers: [] })

/**
 * Runs the probe in a network of its own, whose only neighbour is a router. Nothing can leave it. `groups` is its
 * `ping_group_range`.
 */
function inOwnNetwork(groups: string, hosts: string[]): { [host: string]: { status: string; error: string | null } } {
  const script = `
    const { pingProbe } = await import(${JSON.stringify(new URL('../ping.ts', import.meta.url).href)})
    const { runCheck } = await import(${JSON.stringify(new URL('../kit/run-check.ts', import.meta.url).href)})
    const hosts = ${JSON.stringify(hosts)}
    const check = async (host) => [host, await runCheck(pingProbe, host, { packets: 2 }, { timeoutMs: 900 })]
    console.log(JSON.stringify(Object.fromEntries(await Promise.all(hosts.map(check)))))`
  const setUp = `
    set -e
    ip link set lo up
    echo '${groups}' > /proc/sys/net/ipv4/ping_group_range
    unshare -n sleep 20 & router=$!
    trap 'kill $router' EXIT
    until [ "$(readlink /proc/$router/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done
    ip link add near type veth peer name far
    ip link set far netns $router
    ip addr add 10.9.0.1/24 dev near
    ip link set near up
    nsenter -t $router -n sh -ec '
      ip addr add 10.9.0.2/24 dev far
      ip link set far up
      echo 1 > /proc/sys/net/ipv4/ip_forward
      ip route add unreachable 10.8.0.0/16
      ip route add prohibit 10.7.0.0/16
      ip route add blackhole 10.6.0.0/16'
    ip route add 10.0.0.0/8 via 10.9.0.2
    "$0" --input-type=module -e "$1"`
  const output = execFileSync('unshare', ['-n', 'sh', '-c', setUp, process.execPath, script], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  return JSON.parse(output)
}

function noNetwork(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux to make a network'
  try {
    execFileSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' })
    execFileSync('nsenter', ['--version'], { stdio: 'ignore' })
    return false
  } catch {
    return 'can make no network here (unshare, nsenter and ip are needed)'
  }
}

for (const [kind, groups] of [
  ['a socket for echoes only', '0 2147483647'],
  ['a raw socket', '1 0'],
] as const) {
  test(`what routers answer is told apart over ${kind}`, { skip: noNetwork() }, () => {
    const hosts = ['127.0.0.1', '10.9.0.2', '10.8.0.1', '10.7.0.1', '10.6.0.1', '192.0.2.1']
    const found = inOwnNetwork(groups, hosts)
    assert.deepEqual(
      hosts.map((host) => [host, found[host]?.status, found[host]?.error]),
      [
        ['127.0.0.1', 'UP', null],
        ['10.9.0.2', 'UP', null],
        ['10.8.0.1', 'DOWN', "10.8.0.1 can't be reached: host unreachable, says 10.9.0.2"],
        ['10.7.0.1', 'DOWN', "10.7.0.1 can't be reached: prohibited by a filter, says 10.9.0.2"],
        ['10.6.0.1', 'DOWN', 'expected a reply from 10.6.0.1, got none to 2 packets within 900 ms'],
        ['192.0.2.1', 'DOWN', 'no route from this machine to 192.0.2.1 (ENETUNREACH)'],
      ],
    )
  })
}
