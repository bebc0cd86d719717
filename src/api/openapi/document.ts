import type { DocumentedRoute } from './documented-route.ts'
import { errorComponents } from './error-answers.ts'
import { HEADER_PARAMETERS, HEADERS } from './headers.ts'
import { operationOf, pathOf } from './operation.ts'
import { Components, type JsonSchema } from './plain-schema.ts'
import { webhooks } from './webhook.ts'

/** An OpenAPI 3.1 document, as far as code looks into it. */
export interface OpenApiDocument {
  openapi: string
  paths: { [path: string]: { [method: string]: JsonSchema } }
  components: { schemas: { [title: string]: JsonSchema }; [kind: string]: { [name: string]: JsonSchema } }
  [member: string]: unknown
}

const DESCRIPTION = `Watch websites, APIs, hosts and jobs, and read what became of them.

**To begin**, make an API key: in the dashboard under *Settings → Integrations → API Access*, or on the server with
\`npm run -s statusapp -- keys create --name me --permissions read,write,delete\`. On the page that shows this document
(\`/api/v1/docs\`), press **Authorize** and paste it as \`apiKey\`. Then open *Create a monitor* and press **Execute**. The
\`id\` in its answer is the \`monitorId\` with which you update, pause and delete it.

Send the key with each request, as \`X-API-Key: sk_live_…\` or \`Authorization: Bearer sk_live_…\`. A key has the
permissions \`read\`, \`write\`, \`delete\` and \`admin\`; none implies another.

Everything is JSON in UTF-8. Times are ISO 8601 in UTC, to the second. Unknown fields are refused; fields that only
answers have are taken and ignored, so that an answer can be changed and sent back. Lists take \`limit\` and \`offset\`
(or \`page\`) and answer \`count\`, all that match, and \`hasMore\`.

Requests are counted per account and hour; each answer says how many are left. A request that creates may carry an
\`Idempotency-Key\`, so that a repeat is safe. A method that an address does not have is answered with 405 and
\`Allow\`.`

const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['Monitors', 'What is watched.'],
  ['Checks', 'What was seen: run now, tried out, and read.'],
  ['Heartbeats', 'Jobs say that they ran. The address is the secret; no key is needed.'],
  ['Incidents', 'From outage to recovery.'],
  ['Status Pages', 'What the public sees.'],
  ['Maintenance', 'Planned work, which alerts nobody and counts for nothing.'],
  ['Analytics', 'Uptime and response times.'],
  ['Notification Channels', 'Who is told, and whether it arrived.'],
  ['Worker Regions', 'Where checks run.'],
  ['API Keys', 'Who may ask for what.'],
  ['Team', 'Who works in the account.'],
  ['Account', 'Settings, usage, and who changed what.'],
  ['Sessions', 'How people log in; programs use keys.'],
  ['About', 'The server and its API.'],
]

/** The document of these routes. Throws when two different schemas have the same title. */
export function openApiDocument(
  routes: readonly DocumentedRoute[],
  { version, prefix }: { version: string; prefix: string },
): OpenApiDocument {
  const components = new Components()
  const responses = errorComponents(components)
  const paths: OpenApiDocument['paths'] = {}
  // What can be read by itself has a version.
  const versioned = new Set(routes.filter(({ method }) => method === 'GET').map(({ url }) => url))
  for (const given of routes) {
    if (given.schema.hide === true) continue
    const isVersioned = versioned.has(given.url) && (given.method === 'PUT' || given.method === 'DELETE')
    const route = { ...given, isVersioned }
    const path = pathOf(route.url.slice(prefix.length))
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'StatusApp API', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: prefix, description: 'This server' }],
    security: [{ apiKey: [] }, { bearer: [] }],
    tags: tagsOf(routes),
    paths,
    webhooks: webhooks(components),
    components: {
      schemas: Object.fromEntries([...components.schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      responses,
      parameters: HEADER_PARAMETERS,
      headers: HEADERS,
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key: `sk_live_…`.' },
        bearer: { type: 'http', scheme: 'bearer', description: 'The same key, as a bearer token.' },
      },
    },
  }
}

/** Those that are used: the known ones in their order, then the others. */
function tagsOf(routes: readonly DocumentedRoute[]): JsonSchema[] {
  const shown = routes.filter(({ schema }) => schema.hide !== true)
  const used = new Set(shown.flatMap(({ schema }) => schema.tags ?? []))
  const known = TAGS.filter(([name]) => used.has(name)).map(([name, description]) => ({ name, description }))
  const others = [...used].filter((name) => !TAGS.some(([tag]) => tag === name)).map((name) => ({ name }))
  return [...known, ...others]
}
