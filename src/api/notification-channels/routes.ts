import { Type } from 'typebox'
import type { NotificationChannel } from '#storage'
import { accountOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import { findOwn } from '../find-own.ts'
import { requireMatch, revisionOf, setRevision } from '../http/etag.ts'
import { withReservedId } from '../http/idempotency.ts'
import { countOf, PageFields, pageOf } from '../paging.ts'
import type { RouteDeps, Routes } from '../routes.ts'
import {
  NotificationChannel as ChannelAnswer,
  ChannelList,
  ChannelTestResult,
  Delivery,
  DeliveryList,
  RemovedChannel,
} from './answers.ts'
import { channelChange } from './audited.ts'
import { presentChannel, presentDelivery } from './present.ts'
import { ChangedChannel, changedChannel, NewChannel, newChannel } from './save.ts'

const ChannelParams = Type.Object({ channelId: Type.String({ description: 'Id of the channel.' }) })
const DeliveryParams = Type.Object({
  channelId: Type.String({ description: 'Id of the channel.' }),
  deliveryId: Type.String({ description: 'Id of the delivery.' }),
})
const ListQuery = Type.Object(PageFields)
const channels = { tags: ['Notification Channels'] }

/** `/notification-channels`: CRUD, test, deliveries, redelivery. */
export const channelRoutes: Routes = (app, deps) => {
  const { store, engine } = deps

  const list = {
    ...channels,
    operationId: 'listNotificationChannels',
    summary: 'List notification channels',
    querystring: ListQuery,
    response: { 200: ChannelList },
  }
  app.get('/notification-channels', { schema: list }, async (request) => {
    const page = pageOf(request.query)
    const found = await store.channels.list(accountOf(request).id, page)
    const last = await store.deliveries.lastOutcome(found.rows.map(({ id }) => id))
    return {
      channels: found.rows.map((channel) => presentChannel(channel, last.get(channel.id))),
      ...countOf(found, page),
    }
  })

  app.post(
    '/notification-channels',
    {
      schema: {
        ...channels,
        operationId: 'createNotificationChannel',
        summary: 'Create a notification channel',
        description: 'The one time that its secret is shown.',
        body: NewChannel,
        response: { 201: ChannelAnswer },
      },
      config: { creates: true, reservesId: 'nc', kind: 'manage' },
    },
    async (request, reply) => {
      const channel = newChannel(withReservedId(deps, request), accountOf(request).id, request.body)
      await store.channels.create(channel)
      engine.channelSaved(channel)
      await deps.audit(request, channelChange('created', { after: channel }))
      setRevision(reply, revisionOf(channel))
      reply.code(201).header('location', `/api/v1/notification-channels/${channel.id}`)
      const shown = presentChannel(channel, undefined)
      // The one time that its secret is shown, so that the receiver can be given it.
      const { secret } = channel.config
      return secret === undefined ? shown : { ...shown, config: { ...shown.config, secret } }
    },
  )

  const get = {
    ...channels,
    operationId: 'getNotificationChannel',
    summary: 'Get a notification channel',
    params: ChannelParams,
    response: { 200: ChannelAnswer },
  }
  app.get('/notification-channels/:channelId', { schema: get }, async (request, reply) => {
    const channel = await findChannel(deps, accountOf(request).id, request.params.channelId)
    setRevision(reply, revisionOf(channel))
    return show(channel)
  })

  app.put(
    '/notification-channels/:channelId',
    {
      config: { kind: 'manage' },
      schema: {
        ...channels,
        operationId: 'updateNotificationChannel',
        summary: 'Update a notification channel',
        params: ChannelParams,
        body: ChangedChannel,
        response: { 200: ChannelAnswer },
      },
    },
    async (request, reply) => {
      const { channelId } = request.params
      const channel = await deps.inTurn(channelId, async () => {
        const stored = await findChannel(deps, accountOf(request).id, channelId)
        requireMatch(request, revisionOf(stored))
        const changed = changedChannel(deps, stored, request.body)
        await store.channels.update(changed)
        engine.channelSaved(changed)
        await deps.audit(request, channelChange('updated', { before: stored, after: changed }))
        return changed
      })
      setRevision(reply, revisionOf(channel))
      return show(channel)
    },
  )

  const remove = {
    ...channels,
    operationId: 'deleteNotificationChannel',
    summary: 'Delete a notification channel',
    params: ChannelParams,
    response: { 200: RemovedChannel },
  }
  app.delete('/notification-channels/:channelId', { schema: remove }, async (request) => {
    const { channelId } = request.params
    await deps.inTurn(channelId, async () => {
      const stored = await findChannel(deps, accountOf(request).id, channelId)
      requireMatch(request, revisionOf(stored))
      await store.channels.delete(stored.accountId, stored.id)
      engine.channelDeleted(stored.id)
      await deps.audit(request, channelChange('deleted', { before: stored }))
    })
    return { success: true as const, message: 'Notification channel deleted successfully' }
  })

  const test = {
    ...channels,
    operationId: 'testNotificationChannel',
    summary: 'Send a test to a notification channel',
    description: 'One attempt, now. Whether it arrived is in the answer.',
    params: ChannelParams,
    response: { 200: ChannelTestResult },
  }
  app.post('/notification-channels/:channelId/test', { schema: test, config: { kind: 'manage' } }, async (request) =>
    tested(await findChannel(deps, accountOf(request).id, request.params.channelId)),
  )

  const tryOut = {
    ...channels,
    operationId: 'tryNotificationChannel',
    summary: 'Send a test without saving a channel',
    description: 'As the test of a saved one: one attempt, now. Nothing is kept.',
    body: NewChannel,
    response: { 200: ChannelTestResult },
  }
  app.post('/notification-channels/test', { schema: tryOut, config: { kind: 'manage' } }, (request) =>
    tested(newChannel(deps, accountOf(request).id, request.body)),
  )

  app.get(
    '/notification-channels/:channelId/deliveries',
    {
      schema: {
        ...channels,
        operationId: 'listDeliveries',
        summary: 'List the deliveries of a notification channel',
        params: ChannelParams,
        querystring: ListQuery,
        response: { 200: DeliveryList },
      },
    },
    async (request) => {
      const page = pageOf(request.query)
      const channel = await findChannel(deps, accountOf(request).id, request.params.channelId)
      const found = await store.deliveries.list(channel.id, page)
      const attempts = await store.deliveries.attempts(found.rows.map(({ id }) => id))
      const deliveries = found.rows.map((delivery) => presentDelivery(delivery, attempts.get(delivery.id) ?? []))
      return { deliveries, ...countOf(found, page) }
    },
  )

  app.post(
    '/notification-channels/:channelId/deliveries/:deliveryId/redeliver',
    {
      config: { kind: 'manage' },
      schema: {
        ...channels,
        operationId: 'redeliver',
        summary: 'Send a delivery again',
        description: 'As a new delivery of the same event.',
        params: DeliveryParams,
        response: { 200: Delivery },
      },
    },
    async (request) => {
      const channel = await findChannel(deps, accountOf(request).id, request.params.channelId)
      const before = await store.deliveries.get(channel.id, request.params.deliveryId)
      if (before === null) throw apiError('NOT_FOUND', 'This channel has no delivery of this id.')
      const id = deps.newId('del')
      await store.deliveries.again(id, before, deps.clock.nowMs())
      engine.wakeNotifier()
      const again = await store.deliveries.get(channel.id, id)
      if (again === null) throw apiError('NOT_FOUND', 'The channel was deleted meanwhile.')
      return presentDelivery(again, [])
    },
  )

  async function tested(channel: NotificationChannel) {
    const { success, statusCode, responseTimeMs, error } = await engine.testChannel(channel)
    return { success, statusCode, responseTime: Math.round(responseTimeMs), error }
  }

  async function show(channel: NotificationChannel) {
    const last = await store.deliveries.lastOutcome([channel.id])
    return presentChannel(channel, last.get(channel.id))
  }
}

/** The account's channel of this id. Throws `ApiError`. */
function findChannel({ store }: RouteDeps, accountId: string, id: string): Promise<NotificationChannel> {
  return findOwn('nc', id, () => store.channels.get(accountId, id))
}
