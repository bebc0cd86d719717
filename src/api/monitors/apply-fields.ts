import { isDeepStrictEqual } from 'node:util'
import { Value } from 'typebox/value'
import type { Json, Monitor, MonitorSettings } from '#domain'
import type { AnyProbe } from '#probes'
import type { Problem } from '../errors.ts'
import { type Config, keepMasked, unmaskUserInfo } from '../masks.ts'
import {
  type CommonField,
  commonFieldsFor,
  DEFAULT_CRON_INTERVAL_S,
  DEFAULT_INTERVAL_S,
  DEFAULT_TIMEOUT_S,
} from './common-fields.ts'
import { HEARTBEAT_SECRET_FIELD } from './heartbeat-secret.ts'
import type { MonitorFields } from './read-fields.ts'

/** What a monitor would be with the given fields, and what speaks against it. */
export interface AppliedFields {
  settings: MonitorSettings
  config: Config
  isActive: boolean
  problems: Problem[]
}

/** Lays the given fields over the stored monitor, or over the defaults. Null resets a field to its default. */
export function applyFields(fields: MonitorFields, stored: Monitor | null): AppliedFields {
  const problems = [...fields.problems]
  const { config, missing } = mergeConfig(fields, stored)
  for (const path of missing) problems.push(nothingStored(path))
  const settings = mergeSettings(fields, stored, config, problems)
  if (problems.length === 0) problems.push(...typeProblems(fields.probe, settings.url, config))
  const isActive = pick(fields, 'isActive', stored?.isActive ?? true, true)
  return { settings, config, isActive, problems }
}

/** The type's own fields with its defaults filled in, as answers show them. */
export function withDefaults(probe: AnyProbe, config: Config): Config {
  return Value.Default(probe.config, structuredClone(config)) as Config
}

function mergeConfig(fields: MonitorFields, stored: Monitor | null): { config: Config; missing: string[] } {
  const given: Config = {}
  for (const [name, value] of Object.entries(fields.config)) if (value !== null) given[name] = value
  const before = stored?.config ?? {}
  const kept = keepMasked(given, before)
  const config: Config = { ...before, ...kept.config }
  // A field at its default is not kept, so that what an answer filled in can be sent back and changes nothing.
  const defaults = withDefaults(fields.probe, {})
  for (const [name, value] of Object.entries(config)) {
    if (value === null || isDeepStrictEqual(value, defaults[name])) delete config[name]
  }
  for (const [name, value] of Object.entries(fields.config)) if (value === null) delete config[name]
  return { config, missing: kept.missing }
}

function mergeSettings(
  fields: MonitorFields,
  stored: Monitor | null,
  config: Config,
  problems: Problem[],
): MonitorSettings {
  const was = stored?.settings
  const intervalS = pick(fields, 'interval', was === undefined ? null : was.intervalMs / 1000, null)
  const intervalMs = (intervalS ?? defaultInterval(fields)) * 1000
  const text = (name: 'description') => pick<string | null>(fields, name, was?.[name] ?? null, null)
  return {
    name: nameOf(fields, was?.name, problems),
    url: urlOf(fields, was?.url ?? null, problems),
    description: text('description'),
    tags: [...new Set(pick<string[]>(fields, 'tags', was?.tags ?? [], []))],
    intervalMs,
    timeoutMs: timeoutMs(fields, was, intervalMs, problems),
    enabledRegions: pick<string[] | null>(fields, 'enabledRegions', was?.enabledRegions ?? null, null),
    confirmationChecks: pick(fields, 'confirmationChecks', was?.confirmationChecks ?? 3, 3),
    recoveryChecks: pick(fields, 'recoveryChecks', was?.recoveryChecks ?? 1, 1),
    regionQuorum: pick(fields, 'regionQuorum', was?.regionQuorum ?? 'majority', 'majority'),
    degradedThresholdMs: pick<number | null>(fields, 'degradedThreshold', was?.degradedThresholdMs ?? null, null),
    upsideDown: pick(fields, 'upsideDown', was?.upsideDown ?? false, false),
    severity: pick<MonitorSettings['severity']>(fields, 'severity', was?.severity ?? null, null),
    notificationChannelIds: [
      ...new Set(pick<string[]>(fields, 'notificationChannelIds', was?.notificationChannelIds ?? [], [])),
    ],
    dependsOn: [...new Set(pick<string[]>(fields, 'dependsOn', was?.dependsOn ?? [], []))],
    regressionEnabled: pick(fields, 'regressionEnabled', was?.regressionEnabled ?? false, false),
    regressionThreshold: pick(fields, 'regressionThreshold', was?.regressionThreshold ?? 50, 50),
    regressionPeriod: pick(fields, 'regressionPeriod', was?.regressionPeriod ?? 7, 7),
  }

  function defaultInterval({ type, probe }: MonitorFields): number {
    if (type === 'CRON' && config['schedule'] === undefined) return DEFAULT_CRON_INTERVAL_S
    return probe.defaults?.interval ?? (type === 'CRON' ? DEFAULT_CRON_INTERVAL_S : DEFAULT_INTERVAL_S)
  }
}

/** A given value that its schema accepts, the default for null, or what was before. */
function pick<Value>(fields: MonitorFields, name: CommonField, before: Value, fallback: Value): Value {
  const given = fields.common[name]
  if (given === undefined) return before
  if (given === null || !isGood(fields, name, given)) return fallback
  return given as Value
}

function isGood(fields: MonitorFields, name: CommonField, given: Json): boolean {
  return Value.Check(commonFieldsFor(fields.type)[name], given)
}

function nameOf(fields: MonitorFields, before: string | undefined, problems: Problem[]): string {
  const name = pick(fields, 'name', before ?? null, null)
  if (name === null && (fields.common.name === undefined || fields.common.name === null))
    problems.push({ path: 'name', message: 'is required' })
  return name ?? ''
}

function urlOf(fields: MonitorFields, before: string | null, problems: Problem[]): string | null {
  const given = fields.common.url
  const url = pick(fields, 'url', before, null)
  if (url === null) {
    const isAbsent = given === undefined || given === null
    if (fields.type !== 'CRON' && isAbsent) problems.push({ path: 'url', message: 'is required' })
    return null
  }
  const unmasked = unmaskUserInfo(url, before)
  if (unmasked === null) problems.push(nothingStored('url'))
  return unmasked ?? url
}

/** An own timeout is kept unless a shorter interval forces it down; otherwise 30 s or the interval. */
function timeoutMs(
  fields: MonitorFields,
  was: MonitorSettings | undefined,
  intervalMs: number,
  problems: Problem[],
): number {
  const given = fields.common.timeout
  if (typeof given === 'number' && isGood(fields, 'timeout', given)) {
    if (given * 1000 > intervalMs)
      problems.push({ path: 'timeout', message: `must not be longer than the interval (${intervalMs / 1000} s)` })
    return given * 1000
  }
  const before = given === null || was === undefined ? DEFAULT_TIMEOUT_S * 1000 : was.timeoutMs
  return Math.min(before, intervalMs)
}

function typeProblems(probe: AnyProbe, url: string | null, config: Config): Problem[] {
  const { [HEARTBEAT_SECRET_FIELD]: _secret, ...own } = config
  const wrong: Problem[] = []
  const required: unknown = Reflect.get(probe.config, 'required')
  for (const name of Array.isArray(required) ? required : []) {
    if (withDefaults(probe, own)[name] === undefined) wrong.push({ path: name, message: 'is required' })
  }
  if (wrong.length > 0) return wrong
  return probe.validate?.({ url }, own) ?? []
}

function nothingStored(path: string): Problem {
  return { path, message: 'has the mask •••• where nothing is stored; send the real value' }
}
