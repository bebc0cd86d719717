import assert from 'node:assert/strict'
import { StatusApp } from '../../clients/typescript/src/index.ts'
import { type Contract, contractOf } from '../../src/api/testing/contract.ts'

/** An answer of the API. `body` is whatever JSON it sent; tests narrow it with `field`. */
export interface Answer {
  status: number
  headers: Headers
  body: unknown
}

/** A client of one server with one key. */
export interface Client {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, headers?: { [name: string]: string }): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
}

const contracts = new Map<string, Promise<Contract>>()

/** The document that the server itself gives out. */
function contractFor(url: string): Promise<Contract> {
  const known = contracts.get(url) ?? readContract(url)
  contracts.set(url, known)
  return known
}

async function readContract(url: string): Promise<Contract> {
  const response = await fetch(`${url}/api/v1/openapi.json`)
  return contractOf(JSON.parse(await response.text()))
}

/** A `fetch` for one server that holds every answer against its API document. */
function checkedFetch(url: string): typeof fetch {
  return async (target, request = {}) => {
    const response = await fetch(target, request)
    const method = request.method ?? 'GET'
    const path = String(target).slice(url.length)
    const { status, headers } = response
    const text = await response.clone().text()
    const problems = (await contractFor(url))({ method, path, status, headers, text })
    assert.deepEqual(problems, [], `${method} ${path} answered ${status}, not as the API document says`)
    return response
  }
}

/** The client that users have, on one server. */
export function statusAppOf(url: string, key?: string): StatusApp {
  const apiKey = key === undefined ? {} : { apiKey: key }
  return new StatusApp({ baseUrl: `${url}/api/v1`, fetch: checkedFetch(url), ...apiKey })
}

/** Requests as they are, for what a typed client does not let through. */
export function clientOf(url: string, key: string): Client {
  const checked = checkedFetch(url)
  const send = async (method: string, path: string, body?: unknown, headers: { [name: string]: string } = {}) => {
    const response = await checked(`${url}/api/v1${path}`, {
      method,
      headers: {
        'X-API-Key': key,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path),
  }
}

/** A value inside JSON by its path (`incidents.0.status`); undefined when there is none. */
export function field(value: unknown, path: string): unknown {
  let at: unknown = value
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Object.entries(at).find(([name]) => name === step)?.[1]
  }
  return at
}

export function textField(value: unknown, path: string): string {
  const found = field(value, path)
  assert.equal(typeof found, 'string', `expected text at ${path} of ${JSON.stringify(value)}`)
  return String(found)
}

/** Asks again until the condition holds; fails with `what` after `withinMs`. */
export async function eventually<Found>(
  what: string,
  find: () => Found | null | undefined | false | Promise<Found | null | undefined | false>,
  withinMs = 15_000,
): Promise<Found> {
  const endMs = performance.now() + withinMs
  for (;;) {
    const found = await find()
    if (found !== null && found !== undefined && found !== false) return found
    if (performance.now() > endMs) assert.fail(`did not happen within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
