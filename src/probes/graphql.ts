import { type Static, Type } from 'typebox'
import { JsonObject } from './assertions/assertion.ts'
import { graphqlAnswerRule } from './graphql/answer-rule.ts'
import { readVariables } from './graphql/variables.ts'
import { checkHttp } from './http/check.ts'
import { HttpConfig } from './http/config.ts'
import type { AnswerRule } from './http/expectations.ts'
import { problemsOf } from './http/plan.ts'
import { MACHINE } from './http/probe.ts'
import type { Probe } from './probe.ts'

const { httpMethod: _method, requestBody: _body, ...HttpFields } = HttpConfig.properties

const GraphqlConfig = Type.Object({
  graphqlQuery: Type.String({
    minLength: 1,
    maxLength: 100_000,
    description: 'The operation: a query, or a mutation.',
    examples: ['{ health { status } }', 'query User($id: ID!) { user(id: $id) { name } }'],
  }),
  graphqlVariables: Type.Optional(
    Type.Union([Type.String({ maxLength: 100_000 }), JsonObject], {
      description: 'Variables of the operation: an object, or a JSON string of one.',
      examples: [{ id: '5' }, '{"id": "5"}'],
    }),
  ),
  graphqlOperationName: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^[_A-Za-z][_0-9A-Za-z]*$',
      description: 'Which operation of `graphqlQuery` is run, where it holds several.',
      examples: ['User'],
    }),
  ),
  graphqlAllowPartial: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'Whether an answer with `errors` beside data counts as up. Without any data it is down in any case.',
    }),
  ),
  httpMethod: Type.Optional(
    Type.Union([Type.Literal('POST'), Type.Literal('GET')], {
      default: 'POST',
      description: 'POST sends the operation as a JSON body, GET in the query of the URL.',
    }),
  ),
  ...HttpFields,
})
type GraphqlConfig = Static<typeof GraphqlConfig>

/** What a configuration asks of HTTP. */
interface Request {
  url: string
  target: string
  config: HttpConfig
  rule: AnswerRule
}

const requests = new WeakMap<GraphqlConfig, Request>()

/** An operation over HTTP (GraphQL over HTTP, and what servers did before it): errors count though the status is 200. */
export const graphqlProbe = {
  type: 'GRAPHQL',
  summary: 'A GraphQL API runs an operation without errors.',
  config: GraphqlConfig,
  validate: ({ url }, config) => {
    const variables = readVariables(config.graphqlVariables)
    if (typeof variables === 'string') return [{ path: 'graphqlVariables', message: variables }]
    return problemsOf(url, httpConfigOf(config))
  },
  run: ({ url }, config, context) => {
    const { target, config: http, rule } = requestOf(url, config)
    return checkHttp(target, http, context, MACHINE, rule)
  },
} satisfies Probe<typeof GraphqlConfig>

function requestOf(url: string, config: GraphqlConfig): Request {
  const before = requests.get(config)
  if (before?.url === url) return before
  const request = {
    url,
    target: config.httpMethod === 'GET' ? withOperation(url, config) : url,
    config: httpConfigOf(config),
    rule: graphqlAnswerRule(config),
  }
  requests.set(config, request)
  return request
}

function httpConfigOf(config: GraphqlConfig): HttpConfig {
  const { graphqlQuery, graphqlVariables, graphqlOperationName, graphqlAllowPartial, httpMethod, ...http } = config
  if (httpMethod === 'GET') return { ...http, httpMethod }
  return { ...http, httpMethod: 'POST', requestBody: JSON.stringify(operationOf(config)) }
}

function operationOf({ graphqlQuery, graphqlVariables, graphqlOperationName }: GraphqlConfig) {
  const variables = readVariables(graphqlVariables)
  return {
    query: graphqlQuery,
    ...(typeof variables === 'object' && { variables }),
    ...(graphqlOperationName !== undefined && { operationName: graphqlOperationName }),
  }
}

/** GraphQL over HTTP, section 5.3. A URL that is none is told of by the check. */
function withOperation(text: string, config: GraphqlConfig): string {
  const url = URL.parse(text)
  if (url === null) return text
  for (const [name, value] of Object.entries(operationOf(config)))
    url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  return url.href
}
