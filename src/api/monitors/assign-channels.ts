import { isDeepStrictEqual } from 'node:util'
import { channelFor } from '#channels'
import { DEFAULT_EVENTS, type Json } from '#domain'
import { MASK } from '#probes'
import type { NotificationChannel } from '#storage'
import { mayManage } from '../auth/access.ts'
import type { Caller } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import type { RouteDeps } from '../routes.ts'
import type { NotificationWish } from './notification-wishes.ts'

const PAGE = 100

/** What saving a monitor needs; `channelMade` hears of a channel that was made on the way. */
export interface SaveDeps extends RouteDeps {
  channelMade?(channel: NotificationChannel): Promise<void>
}

/** Finds the channels that a monitor wishes for, and makes those that there are not. Answers their ids. Throws `ApiError`. */
export async function assignChannels(deps: SaveDeps, caller: Caller, wishes: NotificationWish[]): Promise<string[]> {
  if (wishes.length === 0) return []
  const accountId = caller.account.id
  const known = await allChannels(deps, accountId)
  const ids: string[] = []
  for (const wish of wishes) {
    let channel = known.find((candidate) => candidate.type === wish.type && covers(candidate.config, wish.config))
    if (channel === undefined) {
      if (!mayManage(caller))
        throw apiError(
          'FORBIDDEN',
          `There is no such ${wish.type} channel yet, and your role does not allow to make one.`,
        )
      channel = await makeChannel(deps, accountId, wish)
      known.push(channel)
    }
    ids.push(channel.id)
  }
  return ids
}

async function allChannels(deps: RouteDeps, accountId: string): Promise<NotificationChannel[]> {
  const channels: NotificationChannel[] = []
  for (;;) {
    const { rows, count } = await deps.store.channels.list(accountId, { limit: PAGE, offset: channels.length })
    channels.push(...rows)
    if (rows.length === 0 || channels.length >= count) return channels
  }
}

function covers(config: { [name: string]: Json }, wanted: { [name: string]: Json }): boolean {
  return Object.entries(wanted).every(([name, value]) => value === MASK || isDeepStrictEqual(config[name], value))
}

async function makeChannel(deps: SaveDeps, accountId: string, wish: NotificationWish): Promise<NotificationChannel> {
  const nowMs = deps.clock.nowMs()
  const complete = channelFor(wish.type)?.complete
  const url = typeof wish.config['url'] === 'string' ? URL.parse(wish.config['url']) : null
  const channel: NotificationChannel = {
    id: deps.newId('nc'),
    accountId,
    name: url === null ? wish.type : `${wish.type} ${url.host}`.slice(0, 100),
    type: wish.type,
    config: complete?.(wish.config, (size) => deps.randomBytes(size)) ?? wish.config,
    events: [...DEFAULT_EVENTS],
    allMonitors: false,
    isActive: true,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  await deps.store.channels.create(channel)
  deps.engine.channelSaved(channel)
  await deps.channelMade?.(channel)
  return channel
}
