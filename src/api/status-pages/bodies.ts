import { type TSchema, Type } from 'typebox'
import { OrNull } from '../answer-fields.ts'
import { ComponentFields, GroupFields, PageFields } from './fields.ts'

export const MONITORS_MAX = 1_000
const GROUPS_MAX = 100

/** Null asks for the default. */
function optional<Schema extends TSchema>(schema: Schema) {
  return Type.Optional(OrNull(schema))
}

/** What answers show; it may come back and is not read. */
const ignored = Type.Optional(Type.Unknown({ description: 'Taken and ignored.' }))

const Group = Type.Object(
  {
    name: GroupFields.name,
    description: Type.Optional(GroupFields.description),
    collapsed: optional(GroupFields.collapsed),
    status: ignored,
  },
  { additionalProperties: false, title: 'StatusPageGroupFields' },
)

const Component = Type.Object(
  {
    monitorId: Type.Optional(ComponentFields.monitorId),
    id: Type.Optional(Type.String({ maxLength: 100, description: 'The same as `monitorId`.' })),
    displayName: optional(ComponentFields.displayName),
    group: Type.Optional(ComponentFields.group),
    showResponseTime: optional(ComponentFields.showResponseTime),
    status: ignored,
    uptime24h: ignored,
    uptime7d: ignored,
    uptime30d: ignored,
    uptime90d: ignored,
    avgResponseTime24h: ignored,
    days: ignored,
  },
  { additionalProperties: false, title: 'StatusPageMonitorFields' },
)

const { name, slug, isPublic, theme, ...nullable } = PageFields
const optionalFields = {
  customDomain: Type.Optional(nullable.customDomain),
  isPublic: optional(isPublic),
  description: Type.Optional(nullable.description),
  companyName: Type.Optional(nullable.companyName),
  theme: optional(theme),
  brandColor: Type.Optional(nullable.brandColor),
  logoUrl: Type.Optional(nullable.logoUrl),
  faviconUrl: Type.Optional(nullable.faviconUrl),
  timezone: Type.Optional(nullable.timezone),
  groups: optional(
    Type.Array(Group, {
      maxItems: GROUPS_MAX,
      description: 'In their order. Those that are named in `monitors` only are made where this is left out.',
    }),
  ),
  monitors: optional(
    Type.Array(Component, {
      maxItems: MONITORS_MAX,
      description: 'In their order. What is left out of one that is on the page stays as it is.',
    }),
  ),
  monitorIds: optional(
    Type.Array(Type.String({ maxLength: 100 }), { maxItems: MONITORS_MAX, description: 'A short form of `monitors`.' }),
  ),
  id: ignored,
  url: ignored,
  status: ignored,
  statusText: ignored,
  monitorCount: ignored,
  createdAt: ignored,
  updatedAt: ignored,
}

export const NewStatusPage = Type.Object(
  { name, slug, ...optionalFields },
  { additionalProperties: false, title: 'NewStatusPage' },
)

export const ChangedStatusPage = Type.Object(
  { name: Type.Optional(name), slug: Type.Optional(slug), ...optionalFields },
  {
    additionalProperties: false,
    title: 'ChangedStatusPage',
    description: 'Only what is given changes; null asks for the default.',
  },
)
