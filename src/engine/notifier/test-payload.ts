import { payloadOf } from '#domain'

/** What a channel's test button sends: the shape of a real event about a monitor that does not exist. */
export function testPayload(nowMs: number) {
  return payloadOf('test', {
    monitor: {
      id: 'mon_test000000000000',
      type: 'WEBSITE',
      settings: { name: 'Test from StatusApp', url: 'https://example.com/' },
    },
    status: 'UP',
    incident: null,
    check: { statusCode: 200, responseTime: 123, error: null, region: null },
    nowMs,
  })
}
