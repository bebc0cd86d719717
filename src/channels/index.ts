import type { AnyChannel } from './channel.ts'
import { webhookChannel } from './webhook.ts'

/** Every channel there is. To add one: its file, and its line here. */
const channels = [webhookChannel] as const

export type ChannelType = (typeof channels)[number]['type']
export const CHANNELS: readonly AnyChannel[] = channels
export const CHANNEL_TYPES: readonly ChannelType[] = channels.map((channel) => channel.type)

/** The channel of a type; null for a type that this version does not know. */
export function channelFor(type: string): AnyChannel | null {
  return CHANNELS.find((channel) => channel.type === type) ?? null
}

export * from './channel.ts'
export { newWebhookSecret } from './webhook-signature.ts'
