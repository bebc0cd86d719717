import { Type } from 'typebox'
import type { Attempt, Channel, ChannelAnswer, ConfigProblem } from './channel.ts'
import { bodySignature, isBrokenSecret, newWebhookSecret, standardHeaders } from './webhook-signature.ts'

const HeaderName = Type.String({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$" }) // RFC 9110 section 5.6.2
const HeaderValue = Type.String({ pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$', maxLength: 4096 }) // no line breaks

const WebhookConfig = Type.Object(
  {
    url: Type.String({
      pattern: '^[hH][tT][tT][pP][sS]?://[^\\s]+$',
      maxLength: 2048,
      description: 'Where events are posted to: http or https. Redirects are not followed.',
    }),
    secret: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        secret: true,
        description: 'Signs each delivery. Made when left out, and shown once.',
      }),
    ),
    headers: Type.Optional(
      Type.Record(HeaderName, HeaderValue, {
        additionalProperties: false,
        maxProperties: 32,
        secret: true,
        description: 'Sent with each delivery, such as an Authorization of your own.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** What the message itself and the connection need; a header of the user must not change it. */
const RESERVED_HEADERS = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'webhook-id',
  'webhook-signature',
  'webhook-timestamp',
  'x-webhook-signature',
])

const EXCERPT_CHARACTERS = 200

/** Posts the payload as it is, signed in two ways: the plain body signature, and Standard Webhooks. */
export const webhookChannel = {
  type: 'WEBHOOK' as const,
  summary: 'Posts each event as signed JSON to a URL of yours.',
  config: WebhookConfig,

  validate(config) {
    return [...urlProblems(config.url), ...secretProblems(config.secret), ...headerProblems(config.headers ?? {})]
  },

  complete(config, randomBytes) {
    return config.secret === undefined ? { ...config, secret: newWebhookSecret(randomBytes) } : config
  },

  async send(config, payload, { http, clock, signal, eventId }) {
    if (config.secret === undefined) return unsigned()
    const body = JSON.stringify(payload)
    const headers = {
      ...allowed(config.headers ?? {}),
      'Content-Type': 'application/json',
      'X-Webhook-Signature': bodySignature(config.secret, body),
      ...standardHeaders(config.secret, { id: eventId, atMs: clock.nowMs(), body }),
    }
    return judge(await http.post(config.url, body, headers, signal))
  },
} satisfies Channel<typeof WebhookConfig>

/** Any 2xx is success, and no other answer is final: receivers are down, moved or misconfigured for a while. */
function judge(answer: ChannelAnswer): Attempt {
  const { statusCode, retryAfterS } = answer
  if (statusCode >= 200 && statusCode <= 299) return { ok: true, statusCode }
  const error =
    statusCode >= 300 && statusCode <= 399
      ? `the receiver answered ${statusCode}, a redirect, which is not followed: set the url to the final address`
      : `the receiver answered ${statusCode}${excerpt(answer.body)}`
  return { ok: false, statusCode, error, permanent: false, retryAfterS }
}

function excerpt(body: string): string {
  const text = body.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  if (text === '') return ''
  const characters = [...text]
  return `: ${characters.length > EXCERPT_CHARACTERS ? `${characters.slice(0, EXCERPT_CHARACTERS).join('')}…` : text}`
}

function unsigned(): Attempt {
  const error = 'the channel has no secret to sign with: save it again to get one'
  return { ok: false, statusCode: null, error, permanent: true, retryAfterS: null }
}

function allowed(headers: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !RESERVED_HEADERS.has(name.toLowerCase())))
}

function urlProblems(url: string): ConfigProblem[] {
  if (!URL.canParse(url)) return [{ path: 'url', message: 'is not a URL: expected one like https://example.com/hook' }]
  const { username, password } = new URL(url)
  try {
    decodeURIComponent(username + password)
    return []
  } catch {
    return [{ path: 'url', message: 'has a % in its user name or password that must be written as %25' }]
  }
}

function secretProblems(secret: string | undefined): ConfigProblem[] {
  if (secret === undefined) return []
  if (!secret.isWellFormed()) return [{ path: 'secret', message: 'has half a character in it (a lone surrogate)' }]
  if (isBrokenSecret(secret)) {
    return [{ path: 'secret', message: 'starts with whsec_, so base64 must follow; choose another start otherwise' }]
  }
  return []
}

function headerProblems(headers: { [name: string]: string }): ConfigProblem[] {
  const seen = new Set<string>()
  return Object.keys(headers).flatMap((name) => {
    const path = `headers.${name}`
    const known = name.toLowerCase()
    if (RESERVED_HEADERS.has(known)) return [{ path, message: 'is set by the delivery itself and cannot be changed' }]
    if (seen.has(known)) return [{ path, message: 'is given twice: the case of letters makes no difference here' }]
    seen.add(known)
    return []
  })
}
