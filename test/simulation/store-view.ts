import type { Clock } from '#domain'
import { type DeliveryAttempt, type EngineBatch, type NotificationChannel, StorageError, type Store } from '#storage'
import type { Prng } from './prng.ts'
import { never, type ProcessView } from './process-view.ts'

/** How the disk is now. */
export interface StoreWeather {
  /** Writes fail so; null: they work. */
  failsWith: 'busy' | 'full' | null
  /** Reads fail too. */
  readsFail: boolean
  /** Commits take up to so long. */
  slowMs: number
}

/** What is told of what the store really did, at the moment it did it. */
export interface StoreWitness {
  committing(batch: EngineBatch): void
  committed(batch: EngineBatch): void
  recorded(attempt: DeliveryAttempt, outcome: Outcome): void
  channelSaved(channel: NotificationChannel): void
  channelDeleted(id: string): void
}

export type Outcome = Parameters<Store['deliveries']['record']>[1]

export interface StoreViewParts {
  real: Store
  view: ProcessView
  weather: StoreWeather
  random: Prng
  witness: StoreWitness
  /** Lets a test damage what is written, to prove that it would be noticed. */
  damage?: (batch: EngineBatch) => EngineBatch
}

/**
 * The store as one process sees it: calls take time and fail in bad weather (then nothing was applied), and once the
 * process is dead nothing more is applied and nothing is answered, though what was applied just before stays.
 */
export function storeView({ real, view, weather, random, witness, damage }: StoreViewParts): Store {
  const { clock } = view

  async function read<T>(task: () => Promise<T>): Promise<T> {
    if (!view.isAlive()) return never()
    if (weather.failsWith !== null && weather.readsFail) {
      await pass(clock, random.between(0, 20))
      throw new StorageError('busy', 'the simulated store is busy')
    }
    const value = await task()
    return view.isAlive() ? value : never()
  }

  async function write<T>(task: () => Promise<T>): Promise<T> {
    if (!view.isAlive()) return never()
    await pass(clock, random.next() ** 4 * weather.slowMs)
    if (!view.isAlive()) return never()
    if (weather.failsWith !== null)
      throw new StorageError(weather.failsWith, `the simulated store is ${weather.failsWith}`)
    const value = await task()
    // Applied, but not yet told: a crash in between leaves a process that never knew.
    if (random.chance(0.3)) await pass(clock, random.next() ** 4 * weather.slowMs)
    return view.isAlive() ? value : never()
  }

  const { monitors, incidents, maintenance, deliveries, channels, instance, results, accounts } = real
  return {
    ...real,
    accounts: { ...accounts, list: () => read(() => accounts.list()) },
    monitors: {
      ...monitors,
      loadAll: () => read(() => monitors.loadAll()),
      nextKey: () => write(() => monitors.nextKey()),
      purgeDeleted: () => write(() => monitors.purgeDeleted()),
    },
    incidents: {
      ...incidents,
      loadOpen: () => read(() => incidents.loadOpen()),
      lastNumbers: () => read(() => incidents.lastNumbers()),
    },
    maintenance: { ...maintenance, loadOpen: (nowMs) => read(() => maintenance.loadOpen(nowMs)) },
    channels: {
      ...channels,
      loadAll: () => read(() => channels.loadAll()),
      create: (channel) =>
        write(async () => {
          await channels.create(channel)
          witness.channelSaved(channel)
        }),
      update: (channel) =>
        write(async () => {
          const isThere = await channels.update(channel)
          if (isThere) witness.channelSaved(channel)
          return isThere
        }),
      delete: (accountId, id) =>
        write(async () => {
          const isThere = await channels.delete(accountId, id)
          witness.channelDeleted(id)
          return isThere
        }),
    },
    deliveries: {
      ...deliveries,
      pending: (afterId, limit) => read(() => deliveries.pending(afterId, limit)),
      get: (channelId, id) => read(() => deliveries.get(channelId, id)),
      record: (attempt, outcome) =>
        write(async () => {
          await deliveries.record(attempt, outcome)
          witness.recorded(attempt, outcome)
        }),
    },
    results: {
      ...results,
      closeHours: (nowMs) => write(() => results.closeHours(nowMs)),
      dropOlder: (accountId, beforeMs) => write(() => results.dropOlder(accountId, beforeMs)),
      appliedSequence: (workerId) => read(() => results.appliedSequence(workerId)),
    },
    instance: {
      get: (name) => read(() => instance.get(name)),
      set: (name, value) => write(() => instance.set(name, value)),
    },
    commit(batch) {
      const written = damage === undefined ? batch : damage(batch)
      if (view.isAlive()) witness.committing(written)
      return write(async () => {
        await real.commit(written)
        witness.committed(written)
      })
    },
    durable: () => write(() => real.durable()),
    close: async () => undefined,
  }
}

function pass(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.schedule(ms, resolve))
}
