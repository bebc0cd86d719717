import { errorOf } from './error.ts'

/** How a client reaches its server. */
export interface ClientOptions {
  /** Where the API is, such as `https://status.example.com/api/v1`. Default: `https://statusapp.io/api/v1`. */
  baseUrl?: string
  /** `sk_live_…`; not needed for heartbeats. */
  apiKey?: string
  /** How often a request that was turned away with 429 is sent again. Default: 3; 0: never. */
  maxRetries?: number
  /** The longest wait before one of these, in seconds; where more is needed the refusal is thrown. Default: 120. */
  maxWaitS?: number
  fetch?: typeof fetch
  /** Resolves after so many ms; stands in for time in tests. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Wall time in ms. */
  now?: () => number
}

/** What a single request can be given beside its fields. */
export interface RequestOptions {
  /** Makes a repeat of a request that creates safe: the same key within 24 hours gets the first answer again. */
  idempotencyKey?: string
  /** Changes or deletes only if the resource is still in the state of this `ETag`. */
  ifMatch?: string
  signal?: AbortSignal
  /** Sees the response before its body is read: status and headers, such as `ETag`. */
  onResponse?: (response: Response) => void
}

interface Parts {
  query?: object
  body?: unknown
  options: RequestOptions
}

const DEFAULT_BASE_URL = 'https://statusapp.io/api/v1'

/** Sends requests: adds the key, waits and repeats where the rate limit is reached, turns refusals into errors. */
export class Transport {
  readonly #settings: Required<Omit<ClientOptions, 'apiKey'>> & { apiKey: string | null }

  constructor(options: ClientOptions = {}) {
    this.#settings = {
      baseUrl: (options.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, ''),
      apiKey: options.apiKey ?? null,
      maxRetries: options.maxRetries ?? 3,
      maxWaitS: options.maxWaitS ?? 120,
      fetch: options.fetch ?? ((...request) => fetch(...request)),
      sleep: options.sleep ?? sleep,
      now: options.now ?? Date.now,
    }
  }

  /** Sends a request that has no method of its own here. Rejects with `StatusAppError` when it is refused. */
  async send<Answer>(method: string, path: string, { query = {}, body, options }: Parts): Promise<Answer> {
    const { baseUrl, maxRetries, maxWaitS, now, sleep } = this.#settings
    const request = this.#request(method, body, options)
    for (let attempt = 0; ; attempt += 1) {
      const response = await this.#settings.fetch(`${baseUrl}${path}${queryText(query)}`, request)
      options.onResponse?.(response)
      if (response.ok) return (await answerOf(response)) as Answer
      const waitS = waitOf(response, now())
      if (response.status !== 429 || attempt >= maxRetries || waitS === null || waitS > maxWaitS)
        throw await errorOf(response, waitS)
      await response.body?.cancel()
      await sleep(waitS * 1000, options.signal)
    }
  }

  #request(method: string, body: unknown, { idempotencyKey, ifMatch, signal }: RequestOptions): RequestInit {
    const { apiKey } = this.#settings
    const headers: { [name: string]: string } = { accept: 'application/json' }
    if (apiKey !== null) headers['x-api-key'] = apiKey
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
    if (ifMatch !== undefined) headers['if-match'] = ifMatch
    if (body !== undefined) headers['content-type'] = 'application/json'
    return {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }
  }
}

/** Seconds to wait, from `Retry-After`, or after a 429 from `X-RateLimit-Reset`; null where neither is said. */
function waitOf({ headers, status }: Response, nowMs: number): number | null {
  const retryAfter = wholeOf(headers.get('retry-after'))
  if (retryAfter !== null) return retryAfter
  const reset = status === 429 ? wholeOf(headers.get('x-ratelimit-reset')) : null
  return reset === null ? null : Math.max(0, reset - Math.floor(nowMs / 1000))
}

function wholeOf(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}

function queryText(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
