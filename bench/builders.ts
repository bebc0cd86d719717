import type { Monitor } from '#domain'
import type { EngineBatch } from '#storage'

/** A monitor with the defaults, of a target that should always be up. */
export function monitorOf(
  given: Pick<Monitor, 'key' | 'id' | 'accountId' | 'createdAtMs'> & { url: string; intervalMs: number },
): Monitor {
  const { url, intervalMs, ...rest } = given
  return {
    ...rest,
    type: 'WEBSITE',
    settings: {
      name: `Monitor ${given.key}`,
      url,
      description: null,
      tags: [],
      intervalMs,
      timeoutMs: 10_000,
      enabledRegions: null,
      confirmationChecks: 3,
      recoveryChecks: 1,
      regionQuorum: 'majority',
      degradedThresholdMs: null,
      upsideDown: false,
      severity: null,
      notificationChannelIds: [],
      dependsOn: [],
      regressionEnabled: false,
      regressionThreshold: 50,
      regressionPeriod: 7,
    },
    config: {},
    isPaused: false,
    isActive: true,
    version: 1,
    updatedAtMs: given.createdAtMs,
  }
}

export function emptyBatch(atMs: number): EngineBatch {
  return {
    atMs,
    monitors: { created: [], changed: [], deleted: [] },
    states: [],
    results: [],
    heartbeats: [],
    spans: { ended: [] },
    incidents: { opened: [], changed: [] },
    events: [],
    workers: [],
  }
}
