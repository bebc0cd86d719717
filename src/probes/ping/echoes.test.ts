import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { realClock } from '../kit/real-clock.ts'
import { pingAddress } from './addresses.ts'
import { Echoes } from './echoes.ts'
import { type FakeNet, fakeIcmp, noSocket, refuse, reply, type SentEcho } from './kit/fake-icmp.ts'

function rig(t: TestContext, net: FakeNet) {
  const icmp = fakeIcmp(net)
  const echoes = new Echoes(4, icmp.open)
  t.after(() => echoes.close())
  const heard: string[] = []
  const send = (address = '192.0.2.1') =>
    echoes.send({
      address: pingAddress(address),
      dataBytes: 16,
      clock: realClock,
      fate: {
        onReply: (ms) => heard.push(ms >= 0 && ms < 60_000 ? `reply of ${address}` : `odd time ${ms}`),
        onUnsent: (code) => heard.push(code),
        onRefused: (says) => heard.push(says),
      },
    })
  return { icmp, echoes, heard, send }
}

test('a reply counts when address, sequence and token agree, and only once', async (t) => {
  const { icmp, echoes, heard, send } = rig(t, () => undefined)
  send()
  await turn()
  const [sent] = icmp.sent
  assert.ok(sent)
  reply(sent, { bytes: Buffer.from([192, 0, 2, 2]) })
  reply(sent, { sequence: sent.sequence + 1 })
  reply(sent, { data: Buffer.alloc(16, 0xee) })
  reply(sent, { data: sent.data.subarray(0, 7) })
  assert.deepEqual(heard, [])
  assert.equal(echoes.size, 1)
  reply(sent)
  reply(sent)
  assert.deepEqual(heard, ['reply of 192.0.2.1'])
  assert.equal(echoes.size, 0)
})

test('a reply that lost the end of its data still counts: the token is at the start', async (t) => {
  const { icmp, heard, send } = rig(t, () => undefined)
  send()
  await turn()
  const [sent] = icmp.sent
  assert.ok(sent)
  reply(sent, { data: sent.data.subarray(0, 8) })
  assert.deepEqual(heard, ['reply of 192.0.2.1'])
})

test('every request has a token of its own', async (t) => {
  const { icmp, send } = rig(t, () => undefined)
  for (let i = 0; i < 20; i++) send()
  while (icmp.sent.length < 20) await turn()
  assert.equal(new Set(icmp.sent.map(({ data }) => data.subarray(0, 8).toString('hex'))).size, 20)
  assert.equal(new Set(icmp.sent.map(({ sequence }) => sequence)).size, 20)
})

test('an error ends the request that it quotes, and no other', async (t) => {
  const { icmp, heard, send } = rig(t, () => undefined)
  send()
  send('192.0.2.9')
  await turn()
  const [first, second] = icmp.sent
  assert.ok(first && second)
  refuse({ ...first, bytes: second.bytes }, 'about another address')
  refuse({ ...first, data: Buffer.alloc(16, 0xee) }, 'with a wrong token', 16)
  assert.deepEqual(heard, [])
  refuse(first, 'host unreachable, says 192.0.2.254')
  refuse(second, 'with its token', 16)
  assert.deepEqual(heard, ['host unreachable, says 192.0.2.254', 'with its token'])
})

test('a reply that comes while the call to send still runs is not lost', async (t) => {
  const { heard, send } = rig(t, (sent) => reply(sent))
  send()
  await turn()
  assert.deepEqual(heard, ['reply of 192.0.2.1'])
})

test('a request that could not leave says so', async (t) => {
  const { echoes, heard, send } = rig(t, () => 'ENETUNREACH')
  send()
  await turn()
  assert.deepEqual(heard, ['ENETUNREACH'])
  assert.equal(echoes.size, 0)
})

test('a forgotten request is not sent, or not heard of again', async (t) => {
  const { icmp, echoes, heard, send } = rig(t, () => undefined)
  const forgetSent = send()
  await turn()
  const forgetWaiting = send()
  forgetWaiting()
  forgetSent()
  await turn()
  assert.equal(icmp.sent.length, 1)
  assert.equal(echoes.size, 0)
  for (const sent of icmp.sent) reply(sent)
  assert.deepEqual(heard, [])
})

test('a burst is spread over turns of the event loop', async (t) => {
  const { icmp, send } = rig(t, () => undefined)
  for (let i = 0; i < 100; i++) send()
  await turn()
  assert.ok(icmp.sent.length <= 32, `${icmp.sent.length} at once`)
  for (let i = 0; i < 20; i++) await turn()
  assert.equal(icmp.sent.length, 100)
})

test('sequence numbers go round past those that are still in flight', async (t) => {
  const waiting: SentEcho[] = []
  let isFirst = true
  const { icmp, heard, send } = rig(t, (sent) => {
    if (!isFirst) return reply(sent)
    isFirst = false
    waiting.push(sent)
    return undefined
  })
  for (let i = 0; i < 0x1_0000 + 5; i++) send()
  while (icmp.sent.length < 0x1_0000 + 5) await turn()
  const [first] = waiting
  assert.ok(first)
  assert.equal(icmp.sent.filter(({ sequence }) => sequence === first.sequence).length, 1)
  reply(first)
  assert.equal(heard.length, 0x1_0000 + 5)
  assert.ok(heard.every((word) => word === 'reply of 192.0.2.1'))
})

test('one socket serves all, is closed when idle, and opened again when needed', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { icmp, echoes, send } = rig(t, (sent) => reply(sent))
  send()
  send()
  await turn()
  assert.deepEqual([icmp.opened, icmp.closed], [1, 0])
  t.mock.timers.tick(4_900)
  assert.ok(echoes.isOpen)
  t.mock.timers.tick(200)
  assert.deepEqual([icmp.opened, icmp.closed], [1, 1])
  assert.ok(!echoes.isOpen)
  send()
  await turn()
  assert.equal(icmp.opened, 2)
})

test('a socket with an answer outstanding is never idle', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { icmp, heard, send } = rig(t, () => undefined)
  send()
  await turn()
  t.mock.timers.tick(60_000)
  assert.equal(icmp.closed, 0)
  const [sent] = icmp.sent
  assert.ok(sent)
  reply(sent)
  assert.equal(heard.length, 1)
})

test('what can not be opened is said, and tried again the next time', (t) => {
  let isAllowed = false
  const icmp = fakeIcmp(() => undefined)
  const echoes = new Echoes(4, (family, listener) => (isAllowed ? icmp.open(family, listener) : noSocket()))
  t.after(() => echoes.close())
  assert.equal(echoes.ready()?.code, 'EPERM')
  isAllowed = true
  assert.equal(echoes.ready(), null)
})
