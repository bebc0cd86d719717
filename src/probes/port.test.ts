import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import type { Json } from '#domain'
import { probeOwes } from './kit/probe-owes.ts'
import { portProbe } from './port.ts'

probeOwes('PORT with an expectation', (host, port) => ({
  probe: portProbe,
  url: `tcp://${host}:${port}`,
  config: { sendData: 'HELLO\\r\\n', expectData: 'nowhere' },
}))

function problems(url: string | null, config: { [key: string]: Json }): string[] {
  return portProbe.validate({ url }, config as never).map(({ path, message }) => `${path}: ${message}`)
}

test('what can not work is refused with the field, the reason and an example, every fault at once', () => {
  assert.match(problems(null, {}).join(), /^url: expected a host such as example\.com/)
  assert.deepEqual(problems('example.com', { sendData: '\\q', expectData: 'x\\' }), [
    'port: is required: a number from 1 to 65535, here or in the url (example.com:5432)',
    'sendData: expected escapes such as \\r, \\n, \\t, \\0, \\x1f or \\\\, got \\q',
    'expectData: expected escapes such as \\r, \\n, \\t, \\0, \\x1f or \\\\, got \\',
  ])
  assert.deepEqual(problems('example.com:22', { port: 23 }), ['port: is 23, but the url says 22: give one of them'])
  assert.deepEqual(problems('example.com:70000', {}), ['url: expected a port from 1 to 65535, got 70000'])
  assert.deepEqual(problems('udp://example.com:53', { protocol: 'TCP' }), [
    'protocol: is TCP, but the url begins with udp://',
  ])
})

test('the schema takes the fields of the reference and refuses what is out of range', () => {
  for (const config of [{}, { port: 22, protocol: 'UDP' }, { sendData: 'x', expectData: 'y', ipVersion: 6 }])
    assert.ok(Value.Check(portProbe.config, config), JSON.stringify(config))
  for (const config of [{ port: 0 }, { port: 65_536 }, { port: '22' }, { protocol: 'SCTP' }, { expectData: '' }])
    assert.ok(!Value.Check(portProbe.config, config), JSON.stringify(config))
})
