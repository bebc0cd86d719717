import type { AlertEventName, MonitorSettings } from '#domain'
import type { NotificationChannel } from '#storage'

/** What of an event and its monitor decides who hears it. */
export interface RoutedEvent {
  accountId: string
  name: AlertEventName
  settings: Pick<MonitorSettings, 'notificationChannelIds'>
  /** Channels that heard of the trouble that this event may end. */
  toldChannelIds: readonly string[]
}

/** Events that say that something is wrong; `monitor.up` takes them back. */
const TROUBLES: readonly AlertEventName[] = ['monitor.down', 'monitor.degraded']

/**
 * The channels that an event goes to: active ones of its account that want this event, and that watch every monitor or
 * are named by this one. A recovery goes only where the trouble was told, or where troubles are not wanted at all.
 */
export function channelsFor(event: RoutedEvent, channels: Iterable<NotificationChannel>): NotificationChannel[] {
  const chosen: NotificationChannel[] = []
  for (const channel of channels) {
    if (!channel.isActive || channel.accountId !== event.accountId) continue
    if (!channel.events.includes(event.name)) continue
    if (!channel.allMonitors && !event.settings.notificationChannelIds.includes(channel.id)) continue
    if (event.name === 'monitor.up' && wantsTroubles(channel) && !event.toldChannelIds.includes(channel.id)) continue
    chosen.push(channel)
  }
  return chosen
}

/** Whether an event is a trouble whose end must be told to the same channels. */
export function isTrouble(name: AlertEventName): boolean {
  return TROUBLES.includes(name)
}

function wantsTroubles(channel: NotificationChannel): boolean {
  return channel.events.some(isTrouble)
}
