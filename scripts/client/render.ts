import { type Document, type Operation, operationsOf } from './operations.ts'
import { declarationOf, typeOf, wordsOf } from './schema-type.ts'

const HEAD = '// Made by `npm run docs` from the API document. Changes here are lost.\n\n'

/** The generated files of the client, by name; not formatted yet. */
export function renderClient(document: Document): { [file: string]: string } {
  const operations = operationsOf(document)
  return { 'types.ts': HEAD + typesFile(document, operations), 'statusapp.ts': HEAD + clientFile(operations) }
}

function typesFile({ components }: Document, operations: Operation[]): string {
  const used = reachable(components.schemas, operations)
  const schemas = Object.entries(components.schemas).filter(([name]) => used.has(name))
  const queries = operations.flatMap(({ id, query }) =>
    query === null ? [] : [declarationOf(queryName(id), query.schema)],
  )
  return [...schemas.map(([name, schema]) => declarationOf(name, schema)), ...queries].join('\n')
}

/** Names of the schemas that the operations use, directly or through others. */
function reachable(schemas: Document['components']['schemas'], operations: Operation[]): Set<string> {
  const found = new Set<string>()
  const roots = ['Error', 'WebhookPayload']
  for (const name of roots) found.add(name)
  const left: unknown[] = [
    ...operations.flatMap(({ body, answer }) => [body?.schema, answer]),
    ...roots.map((name) => schemas[name]),
  ]
  while (left.length > 0) {
    for (const [, name = ''] of JSON.stringify(left.pop() ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue
      found.add(name)
      left.push(schemas[name])
    }
  }
  return found
}

function clientFile(operations: Operation[]): string {
  const methods = operations.flatMap((operation) => [methodOf(operation), ...pagesOf(operation)])
  const text = `/** A client of one StatusApp server. Methods reject with \`StatusAppError\` when the server refuses. */
export class StatusApp extends Transport {
${methods.join('\n')}}
`
  const names = new Set([...text.matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => name))
  const types = operations.flatMap(typeNames).filter((name) => names.has(name))
  const list = [...new Set(types)].sort().join(', ')
  return `import { pagesOf, pathOf } from './pages.ts'
import { type RequestOptions, Transport } from './transport.ts'
import type { ${list} } from './types.ts'

${text}`
}

function typeNames({ id, query, body, answer, rows }: Operation): string[] {
  const schemas = [body?.schema, answer, rows?.item].filter((schema) => schema !== null && schema !== undefined)
  return [...schemas.map((schema) => typeOf(schema)), ...(query === null ? [] : [queryName(id)])]
}

function methodOf(operation: Operation): string {
  const { id, method, words, body, query, answer } = operation
  const type = answer === null ? 'void' : typeOf(answer)
  const parts = [...(body === null ? [] : ['body']), ...(query === null ? [] : ['query'])]
  return `${wordsOf({ description: words })}${id}(${parametersOf(operation)}): Promise<${type}> {
return this.send('${method}', ${addressOf(operation)}, { ${parts.map((part) => `${part}, `).join('')}options })
}
`
}

/** Lists that come in pages can be walked through as well. */
function pagesOf(operation: Operation): string[] {
  const { id, rows, pathParameters } = operation
  if (rows === null) return []
  const name = id.replace(/^list/, 'each')
  const call = [...pathParameters, 'asked', 'options'].join(', ')
  return [
    `/** Every row of \`${id}\`, read page by page: \`for await (const row of client.${name}())\`. */
${name}(${parametersOf(operation)}): AsyncGenerator<${typeOf(rows.item)}, void, undefined> {
return pagesOf(query, async (asked) => {
const answer = await this.${id}(${call})
return { rows: answer.${rows.field}, hasMore: answer.hasMore }
})
}
`,
  ]
}

function parametersOf({ id, pathParameters, body, query }: Operation): string {
  return [
    ...pathParameters.map((name) => `${name}: string`),
    ...(body === null ? [] : [`body${body.isRequired ? '' : '?'}: ${typeOf(body.schema)}`]),
    ...(query === null ? [] : [query.isRequired ? `query: ${queryName(id)}` : `query: ${queryName(id)} = {}`]),
    'options: RequestOptions = {}',
  ].join(', ')
}

function addressOf({ path, pathParameters }: Operation): string {
  if (pathParameters.length === 0) return `'${path}'`
  return `pathOf\`${path.replaceAll('{', '${')}\``
}

function queryName(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}Query`
}
