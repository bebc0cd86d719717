import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AlertEventName, DEFAULT_EVENTS } from '#domain'
import type { NotificationChannel } from '#storage'
import { channelsFor } from './routing.ts'

function channel(id: string, rest: Partial<NotificationChannel> = {}): NotificationChannel {
  return {
    id,
    accountId: 'acc_a',
    name: id,
    type: 'WEBHOOK',
    config: {},
    events: [...DEFAULT_EVENTS],
    allMonitors: true,
    isActive: true,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...rest,
  }
}

function chosen(
  name: AlertEventName,
  channels: NotificationChannel[],
  rest: { told?: string[]; named?: string[] } = {},
) {
  const event = {
    accountId: 'acc_a',
    name,
    settings: { notificationChannelIds: rest.named ?? [] },
    toldChannelIds: rest.told ?? [],
  }
  return channelsFor(event, channels).map(({ id }) => id)
}

test('an event goes to the active channels of its own account that want it', () => {
  const channels = [
    channel('nc_yes'),
    channel('nc_off', { isActive: false }),
    channel('nc_other', { accountId: 'acc_b' }),
    channel('nc_ssl', { events: ['ssl.expiring'] }),
  ]
  assert.deepEqual(chosen('monitor.down', channels), ['nc_yes'])
})

test('a channel that does not watch all monitors gets those that name it', () => {
  const channels = [channel('nc_some', { allMonitors: false })]
  assert.deepEqual(chosen('monitor.down', channels), [])
  assert.deepEqual(chosen('monitor.down', channels, { named: ['nc_some'] }), ['nc_some'])
})

test('a recovery goes only where the trouble was told', () => {
  const channels = [channel('nc_told'), channel('nc_new')]
  assert.deepEqual(chosen('monitor.up', channels, { told: ['nc_told'] }), ['nc_told'])
})

test('a channel that wants recoveries alone gets them', () => {
  assert.deepEqual(chosen('monitor.up', [channel('nc_up', { events: ['monitor.up'] })]), ['nc_up'])
})

test('incident events are for those who ask for them', () => {
  const channels = [channel('nc_default'), channel('nc_asked', { events: ['incident.created'] })]
  assert.deepEqual(chosen('incident.created', channels), ['nc_asked'])
})
