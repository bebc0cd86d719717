import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPingOutput } from './read-ping-output.ts'

const IPUTILS = `PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.
64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.030 ms
64 bytes from 192.0.2.1: icmp_seq=3 ttl=64 time=0.050 ms

--- 192.0.2.1 ping statistics ---
3 packets transmitted, 2 received, 33.3333% packet loss, time 2003ms
rtt min/avg/max/mdev = 0.030/0.040/0.050/0.005 ms
`

test('the words of iputils, BusyBox and BSD are read', () => {
  assert.deepEqual(readPingOutput(IPUTILS), { sent: 3, received: 2, min: 0.03, avg: 0.04, max: 0.05 })
  const busybox = `3 packets transmitted, 3 packets received, 0% packet loss\nround-trip min/avg/max = 1.1/2.2/3.3 ms\n`
  assert.deepEqual(readPingOutput(busybox), { sent: 3, received: 3, min: 1.1, avg: 2.2, max: 3.3 })
  const bsd = `3 packets transmitted, 0 packets received, 100.0% packet loss\n`
  assert.deepEqual(readPingOutput(bsd), { sent: 3, received: 0, min: null, avg: null, max: null })
  const errors = '3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2048ms, pipe 3'
  assert.deepEqual(readPingOutput(errors), { sent: 3, received: 0, min: null, avg: null, max: null })
})

test('other languages and decimal commas are read by their figures', () => {
  const french = `64 octets de 192.0.2.1 : icmp_seq=1 ttl=64 temps=0,043 ms
64 octets de 192.0.2.1 : icmp_seq=2 ttl=64 temps=0,057 ms
2 paquets transmis, 2 reçus, 0 % paquets perdus, temps 1001 ms`
  const { avg, ...rest } = readPingOutput(french)
  assert.deepEqual(rest, { sent: 2, received: 2, min: 0.043, max: 0.057 })
  assert.ok(Math.abs((avg ?? 0) - 0.05) < 1e-9)
  const german = `3 Pakete übertragen, 1 empfangen, 66,6% Paketverlust\nrtt min/avg/max/mdev = 0,030/0,037/0,043/0,005 ms`
  assert.deepEqual(readPingOutput(german), { sent: 3, received: 1, min: 0.03, avg: 0.037, max: 0.043 })
  const chinese = `来自 192.0.2.1 的回复: 字节=32 时间=6毫秒 TTL=64\n已发送 3 个包, 已接收 3 个包, 0% 包丢失`
  assert.deepEqual(readPingOutput(chinese), { sent: 3, received: 3, min: null, avg: null, max: null })
})

test('whatever the text, a figure is a number or null, and no more is received than was sent', () => {
  const piece = fc.constantFrom('3', '0,0', '=', '/', '%', ' ms', '<1ms', ',', 'NaN', 'packets ', '\n', '99999999', '.')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 40 }).map((each) => each.join('')),
      ),
      (text) => {
        const read = readPingOutput(text)
        for (const value of Object.values(read)) assert.ok(value === null || Number.isFinite(value), text)
        assert.ok((read.received ?? 0) <= (read.sent ?? 0))
      },
    ),
  )
})

test('a long text without figures is read in no time', () => {
  const startMs = performance.now()
  readPingOutput(`${'1'.repeat(30_000)} ${'x'.repeat(30_000)}`)
  readPingOutput('1 '.repeat(30_000))
  assert.ok(performance.now() - startMs < 1_000)
})
