import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { obstacle, runApart } from './apart.ts'
import { APART, PING_SCRIPT } from './apart-cases.ts'

/** A neighbour that routes, but for two networks; to a third one this machine itself says that there is no way. */
const ROUTER = `
  unshare -n sleep 60 & router=$!
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
    echo 0 > /proc/sys/net/ipv4/icmp_ratelimit
    ip route add unreachable 10.8.0.0/16
    ip route add blackhole 10.6.0.0/16'
  ip route add 10.0.0.0/8 via 10.9.0.2
  ip route add unreachable 10.7.0.0/16`

/** Without the right to open a raw socket; nobody's group may open one for echoes in a new network. */
const NO_SOCKETS = `
  setpriv=$(command -v setpriv)
  export PATH=$3
  "$setpriv" --bounding-set -net_raw --inh-caps -net_raw`

const PLACES: { [place: string]: [what: string, setUp: string, start: string] } = {
  NETWORK: ['in a network of its own', ROUTER, ''],
  PROGRAM: ['where only the ping program may ping', '', NO_SOCKETS],
  NO_WAY: ['where nothing may ping', '', NO_SOCKETS],
}

const skip = obstacle()

describe('what a machine as it is does not show', { skip, concurrency: true }, () => {
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'statusapp-apart-'))
    await writeFile(join(folder, 'ping'), PING_SCRIPT)
    await chmod(join(folder, 'ping'), 0o755)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  for (const [place, [what, setUp, start]] of Object.entries(PLACES)) {
    test(`${what}, each way of checking says the same`, async (t) => {
      const path = place === 'PROGRAM' ? folder : join(folder, 'none')
      const stdout = await runApart('judge-apart.ts', [place, path], { setUp, start })
      const outcomes: { [name: string]: string | null } = JSON.parse(stdout)
      for (const { type, name, status } of APART[place] ?? []) {
        await t.test(`${type}, ${status}: ${name}`, () => assert.equal(outcomes[`${type} ${name}`], null))
      }
    })
  }
})
