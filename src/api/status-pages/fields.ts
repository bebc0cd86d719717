import { Type } from 'typebox'
import { PAGE_THEMES } from '#storage'
import { OrNull } from '../answer-fields.ts'
import { OneLine } from '../body-fields.ts'

function Line(max: number, description: string, example: string) {
  return OneLine(max, { description, examples: [example] })
}

/** What pages can be given, as requests and answers both have it. */
export const PageFields = {
  name: Line(200, 'What people call it; its heading.', 'Public Status'),
  slug: Type.String({
    maxLength: 200,
    description: 'Its address under `/s/`: a to z, 0 to 9 and -. Unique over the whole instance.',
    examples: ['status'],
  }),
  customDomain: OrNull(
    Type.String({ maxLength: 300, examples: ['status.example.com'] }),
    'A host name of your own under which it is shown.',
  ),
  isPublic: Type.Boolean({ description: 'Whether everybody may see it.', default: true, examples: [true] }),
  description: OrNull(Type.String({ maxLength: 2_000 }), 'Some lines under the heading.'),
  companyName: OrNull(Line(200, 'Whose page it is.', 'Example Inc.')),
  theme: Type.Enum(PAGE_THEMES, { description: 'Colours; `system` follows the visitor.', default: 'system' }),
  brandColor: OrNull(
    Type.String({
      pattern: '^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$',
      expected: 'a colour such as #1a73e8',
      examples: ['#1a73e8'],
    }),
    'A colour of your own.',
  ),
  logoUrl: OrNull(Type.String({ maxLength: 4_000, examples: ['https://example.com/logo.svg'] }), 'Address of a logo.'),
  faviconUrl: OrNull(Type.String({ maxLength: 4_000 }), 'Address of the small picture that browsers show.'),
  timezone: OrNull(
    Type.String({ maxLength: 100, examples: ['Europe/Berlin'] }),
    'An IANA time zone, whose midnights part the days. Null: that of the account.',
  ),
}

export const GroupFields = {
  name: Line(100, 'Its heading; monitors name it in `group`.', 'API'),
  description: OrNull(Type.String({ maxLength: 500 }), 'A line under the heading.'),
  collapsed: Type.Boolean({ description: 'Closed at first.', default: false }),
}

export const ComponentFields = {
  monitorId: Type.String({ maxLength: 100, description: 'Id of the monitor.', examples: ['mon_4f7k2p9x1c8w5z3a'] }),
  displayName: Line(200, 'What the public reads in place of its name.', 'Shop'),
  group: OrNull(Line(100, '', 'API'), 'Name of the group that it stands in; null stands apart.'),
  showResponseTime: Type.Boolean({ description: 'Whether its response time is shown.', default: false }),
}
