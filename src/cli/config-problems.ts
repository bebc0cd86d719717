import { Value } from 'typebox/value'
import type { Json } from '#domain'
import type { AnyProbe } from '#probes'

/** What is wrong with the fields of a monitor type, one sentence each. */
export function configProblems(probe: AnyProbe, url: string, config: { [key: string]: Json }): string[] {
  const unknown = Object.keys(config).filter((field) => !Object.hasOwn(probe.config.properties, field))
  if (unknown.length > 0) {
    const known = Object.keys(probe.config.properties).join(', ')
    return unknown.map((field) => `${field}: ${probe.type} has no such field; it has ${known}`)
  }
  if (!Value.Check(probe.config, config)) {
    const fields = new Set(Value.Errors(probe.config, config).map((error) => error.instancePath.split('/')[1] ?? ''))
    return [...fields].map((field) => `${field}: not usable. ${meaningOf(probe, field)}`)
  }
  return (probe.validate?.({ url }, config) ?? []).map(({ path, message }) => `${path}: ${message}`)
}

function meaningOf(probe: AnyProbe, field: string): string {
  const property: object = probe.config.properties[field] ?? {}
  return 'description' in property ? String(property.description) : ''
}
