import type { Static } from 'typebox'
import type { PageComponent, PageGroup } from '#storage'
import type { Problem } from '../errors.ts'
import { nearest } from '../validation/nearest.ts'
import type { ChangedStatusPage } from './bodies.ts'

type Body = Pick<Static<typeof ChangedStatusPage>, 'groups' | 'monitors' | 'monitorIds'>
type GivenComponent = NonNullable<NonNullable<Body['monitors']>[number]>

/** The groups and monitors of a page. */
export interface Layout {
  groups: PageGroup[]
  components: PageComponent[]
}

/**
 * Lays given groups and monitors over those of a page. Groups are matched by their names and monitors by their ids, and
 * what is left out of one stays. A group that only a monitor names is made, unless `groups` says which there are.
 * `nameOf` answers the name of a monitor of the account, null for any other.
 */
export function readLayout(
  body: Body,
  stored: Layout,
  nameOf: (monitorId: string) => string | null,
  problems: Problem[],
): Layout {
  const groups = readGroups(body, stored.groups, problems)
  const components = readComponents(body, stored.components, nameOf, problems)
  const isGiven = body.groups != null
  const known = new Map(groups.map((group) => [group.name, group]))
  components.forEach((component, at) => {
    const { group } = component
    if (group === null || known.has(group)) return
    const isNamedNow = body.monitors?.[at]?.group != null
    if (isGiven || !isNamedNow) {
      // A monitor that was in a group before stands apart when the group goes.
      if (isNamedNow) problems.push({ path: `monitors[${at}].group`, message: unknownGroup(group, [...known.keys()]) })
      component.group = null
      return
    }
    const made = { name: group, description: null, isCollapsed: false }
    known.set(group, made)
    groups.push(made)
  })
  return { groups, components }
}

function readGroups({ groups: given }: Body, stored: PageGroup[], problems: Problem[]): PageGroup[] {
  if (given === undefined) return [...stored]
  const seen = new Set<string>()
  return (given ?? []).map(({ name: givenName, description, collapsed }, at) => {
    const name = givenName.trim()
    if (seen.has(name.toLowerCase()))
      problems.push({ path: `groups[${at}].name`, message: 'is the name of another group' })
    seen.add(name.toLowerCase())
    const before = stored.find((group) => group.name === name)
    return {
      name,
      description: description === undefined ? (before?.description ?? null) : description,
      isCollapsed: collapsed === undefined ? (before?.isCollapsed ?? false) : (collapsed ?? false),
    }
  })
}

function readComponents(
  { monitors, monitorIds }: Body,
  stored: PageComponent[],
  nameOf: (monitorId: string) => string | null,
  problems: Problem[],
): PageComponent[] {
  if (monitors !== undefined && monitorIds !== undefined) {
    problems.push({ path: 'monitorIds', message: 'says the same as monitors; send one of them' })
    return []
  }
  if (monitors === undefined && monitorIds === undefined) return stored.map((component) => ({ ...component }))
  const given: GivenComponent[] = monitors ?? monitorIds?.map((monitorId) => ({ monitorId })) ?? []
  const pathOf = (at: number) => (monitors == null ? `monitorIds[${at}]` : `monitors[${at}].monitorId`)
  const byId = new Map(stored.map((component) => [component.monitorId, component]))
  const seen = new Set<string>()
  return given.flatMap((component, at) => {
    const monitorId = component.monitorId ?? component.id
    if (monitorId === undefined) {
      problems.push({ path: pathOf(at), message: 'is required' })
      return []
    }
    if (component.id !== undefined && component.id !== monitorId)
      problems.push({ path: `monitors[${at}].id`, message: 'is another monitor than monitorId says' })
    if (seen.has(monitorId)) problems.push({ path: pathOf(at), message: 'is on the page twice' })
    seen.add(monitorId)
    const name = nameOf(monitorId)
    if (name === null) problems.push({ path: pathOf(at), message: 'there is no monitor of this id' })
    return [merge(component, monitorId, name, byId.get(monitorId))]
  })
}

function merge(
  { displayName, group, showResponseTime }: GivenComponent,
  monitorId: string,
  name: string | null,
  before: PageComponent | undefined,
): PageComponent {
  // An answer shows the monitor's own name where there is no other: sent back, it is no choice.
  const isOwnName = before !== undefined && before.displayName === null && displayName === name
  return {
    monitorId,
    displayName: displayName === undefined || isOwnName ? (before?.displayName ?? null) : displayName,
    group: group === undefined ? (before?.group ?? null) : (group?.trim() ?? null),
    showResponseTime:
      showResponseTime === undefined ? (before?.showResponseTime ?? false) : (showResponseTime ?? false),
  }
}

function unknownGroup(name: string, known: string[]): string {
  const meant = nearest(name, known)
  return meant === null
    ? 'there is no group of this name in groups'
    : `there is no such group; did you mean "${meant}"?`
}
