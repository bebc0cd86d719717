import { Type } from 'typebox'
import { Nullable, ReadOnly, readOnly } from '../body-fields.ts'
import { ComponentFields, GroupFields, PageFields } from './fields.ts'

const MONITORS_MAX = 1_000
const GROUPS_MAX = 100

const Group = Type.Object(
  {
    name: GroupFields.name,
    description: Type.Optional(GroupFields.description),
    collapsed: Nullable(GroupFields.collapsed),
    status: ReadOnly,
  },
  { additionalProperties: false, title: 'StatusPageGroupFields' },
)

const Component = Type.Object(
  {
    monitorId: Type.Optional(ComponentFields.monitorId),
    id: Type.Optional(Type.String({ maxLength: 100, description: 'The same as `monitorId`.' })),
    displayName: Nullable(ComponentFields.displayName),
    group: Type.Optional(ComponentFields.group),
    showResponseTime: Nullable(ComponentFields.showResponseTime),
    ...readOnly('status', 'uptime24h', 'uptime7d', 'uptime30d', 'uptime90d', 'avgResponseTime24h', 'days'),
  },
  { additionalProperties: false, title: 'StatusPageMonitorFields' },
)

const { name, slug, isPublic, theme, ...nullable } = PageFields
const optionalFields = {
  customDomain: Type.Optional(nullable.customDomain),
  isPublic: Nullable(isPublic),
  description: Type.Optional(nullable.description),
  companyName: Type.Optional(nullable.companyName),
  theme: Nullable(theme),
  brandColor: Type.Optional(nullable.brandColor),
  logoUrl: Type.Optional(nullable.logoUrl),
  faviconUrl: Type.Optional(nullable.faviconUrl),
  timezone: Type.Optional(nullable.timezone),
  groups: Nullable(
    Type.Array(Group, {
      maxItems: GROUPS_MAX,
      description: 'In their order. Those that are named in `monitors` only are made where this is left out.',
    }),
  ),
  monitors: Nullable(
    Type.Array(Component, {
      maxItems: MONITORS_MAX,
      description: 'In their order. What is left out of one that is on the page stays as it is.',
    }),
  ),
  monitorIds: Nullable(
    Type.Array(Type.String({ maxLength: 100 }), { maxItems: MONITORS_MAX, description: 'A short form of `monitors`.' }),
  ),
  ...readOnly('id', 'url', 'status', 'statusText', 'monitorCount', 'createdAt', 'updatedAt'),
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
