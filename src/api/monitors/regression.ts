import { type Static, Type } from 'typebox'
import type { Monitor } from '#domain'
import { OrNull, TimeOrNull } from '../answer-fields.ts'
import { accountOf, callerOf } from '../auth/caller.ts'
import { Nullable, readOnly } from '../body-fields.ts'
import { requireMatch, setRevision } from '../http/etag.ts'
import type { Routes } from '../routes.ts'
import { CommonFields } from './common-fields.ts'
import { findMonitor, MonitorParams } from './find.ts'
import { updateMonitor } from './save.ts'

const { regressionEnabled, regressionThreshold, regressionPeriod } = CommonFields

const Regression = Type.Object(
  {
    regressionEnabled,
    regressionThreshold,
    regressionPeriod,
    baselineResponseTime: OrNull(Type.Number({ minimum: 0 }), 'What is usual, ms; null while there is no baseline.'),
    baselineCalculatedAt: TimeOrNull('When the baseline was worked out.'),
    isRegressed: Type.Boolean({ description: 'Whether it is slower than usual now.', examples: [false] }),
  },
  { title: 'Regression' },
)

const ChangedRegression = Type.Object(
  {
    regressionEnabled: Nullable(regressionEnabled),
    regressionThreshold: Nullable(regressionThreshold),
    regressionPeriod: Nullable(regressionPeriod),
    ...readOnly('baselineResponseTime', 'baselineCalculatedAt', 'isRegressed'),
  },
  { additionalProperties: false, title: 'ChangedRegression' },
)

/** `/monitors/{id}/regression`: whether slower responses than usual are watched for, and what is usual. */
export const regressionRoutes: Routes = (app, deps) => {
  const shared = { tags: ['Analytics'], params: MonitorParams, response: { 200: Regression } }

  const get = {
    ...shared,
    operationId: 'getRegression',
    summary: 'Get the regression settings',
    description: 'There is no baseline yet: it comes with the detection of regressions.',
  }
  app.get('/monitors/:monitorId/regression', { schema: get }, async (request, reply) => {
    const monitor = findMonitor(deps, accountOf(request).id, request.params.monitorId)
    setRevision(reply, String(monitor.version))
    return present(monitor)
  })

  const update = {
    ...shared,
    operationId: 'updateRegression',
    summary: 'Change the regression settings',
    description: 'Only what is given changes; null is the default.',
    body: ChangedRegression,
  }
  app.put('/monitors/:monitorId/regression', { schema: update }, async (request, reply) => {
    const settings = settingsOf(request.body)
    let before: Monitor | null = null
    const { monitorId } = request.params
    const monitor = await updateMonitor(deps, callerOf(request), monitorId, settings, (stored) => {
      requireMatch(request, String(stored.version))
      before = stored
    })
    await deps.audit(request, {
      action: 'monitor.updated',
      target: { type: 'monitor', id: monitor.id, name: monitor.settings.name },
      before: before === null ? null : present(before),
      after: present(monitor),
    })
    setRevision(reply, String(monitor.version))
    return present(monitor)
  })
}

function settingsOf({ regressionEnabled, regressionThreshold, regressionPeriod }: Static<typeof ChangedRegression>) {
  return {
    ...(regressionEnabled === undefined ? {} : { regressionEnabled }),
    ...(regressionThreshold === undefined ? {} : { regressionThreshold }),
    ...(regressionPeriod === undefined ? {} : { regressionPeriod }),
  }
}

function present({ settings }: Monitor): Static<typeof Regression> {
  return {
    regressionEnabled: settings.regressionEnabled,
    regressionThreshold: settings.regressionThreshold,
    regressionPeriod: settings.regressionPeriod,
    baselineResponseTime: null,
    baselineCalculatedAt: null,
    isRegressed: false,
  }
}
