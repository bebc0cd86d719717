import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { ChannelAnswer, ChannelHttp } from '#channels'
import type { Clock } from '#domain'
import { OutboundError, outboundError } from './outbound-error.ts'

const ANSWER_BYTES = 2048
/** Once the status is known, the rest of the answer gets this long: a body that drips holds nobody up. */
const BODY_WAIT_MS = 1_000

export interface OutboundOptions {
  /** Null when an address may be connected to, else a sentence. Asked after name resolution, for every address. */
  refusal: (address: string) => string | null
  clock: Clock
  /** Sent as User-Agent unless a request brings its own, such as `StatusApp-Webhook/1.2.3`. */
  userAgent: string
}

/**
 * The one way out for channels: one POST on a connection of its own, redirects not followed. Rejects with
 * `OutboundError` when no status line came or the target is refused; whoever calls ends it by the signal.
 */
export function createOutboundHttp({ refusal, clock, userAgent }: OutboundOptions): ChannelHttp {
  const resolve = sharedLookup()

  return {
    async post(url, body, headers, signal) {
      const target = parse(url)
      const literal = target.hostname.replace(/^\[|\]$/g, '')
      const refused = isIP(literal) === 0 ? null : refusal(literal)
      if (refused !== null) throw new OutboundError(refused, true)

      const guarded: LookupFunction = (hostname, options, callback) => {
        resolve(hostname, (error, addresses) => {
          if (error !== null) return callback(error, '')
          const wanted = addresses.filter(({ family }) => !options.family || family === familyOf(options.family))
          const open = wanted.filter(({ address }) => refusal(address) === null)
          const [first] = open
          if (first === undefined) return callback(noAddress(hostname, wanted, refusal), '')
          if (options.all === true) callback(null, open)
          else callback(null, first.address, first.family)
        })
      }

      const { promise, resolve: settle, reject } = Promise.withResolvers<ChannelAnswer>()
      const bytes = Buffer.from(body) // a string would have Node write the headers in UTF-8 along with it
      const send = target.protocol === 'https:' ? httpsRequest : httpRequest
      const fail = (error: unknown) => reject(outboundError(error, target.host))
      let request: ClientRequest
      try {
        request = send(target, {
          method: 'POST',
          agent: false,
          lookup: guarded,
          signal,
          headers: {
            ...(hasHeader(headers, 'user-agent') ? {} : { 'User-Agent': userAgent }),
            ...headers,
            'Content-Length': bytes.length,
          },
        })
      } catch (error) {
        throw outboundError(error, target.host)
      }
      request.on('error', fail)
      request.on('upgrade', (_, socket) => {
        socket.destroy()
        reject(new OutboundError(`${target.host} switched protocols instead of answering`, false))
      })
      request.on('response', (response) => {
        void readAnswer(response, clock).then((answer) => {
          settle(answer)
          request.destroy()
        })
      })
      request.end(bytes)
      return promise
    },
  }
}

/** The status decides, so a body that is cut off, endless or slow only ends the reading. */
async function readAnswer(response: IncomingMessage, clock: Clock): Promise<ChannelAnswer> {
  const pieces: Buffer[] = []
  let size = 0
  await new Promise<void>((done) => {
    const timer = clock.schedule(BODY_WAIT_MS, done)
    response.on('data', (piece: Buffer) => {
      if (size < ANSWER_BYTES) pieces.push(piece.subarray(0, ANSWER_BYTES - size))
      size += piece.length
      if (size >= ANSWER_BYTES) done()
    })
    response.on('error', () => done())
    response.on('close', () => {
      timer.cancel()
      done()
    })
  })
  return {
    statusCode: response.statusCode ?? 0,
    // A character that is cut in half at the end is left out.
    body: new TextDecoder().decode(Buffer.concat(pieces), { stream: true }),
    retryAfterS: retryAfterS(response.headers['retry-after'], clock.nowMs()),
  }
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function retryAfterS(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value)
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? null : Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}

type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void

/**
 * The system's resolver, asked once at a time for each name: it has few threads, and a name whose servers are dead
 * holds one for seconds. So one dead receiver takes one thread, however much is to be told to it.
 */
function sharedLookup(): (hostname: string, done: Resolved) => void {
  const asked = new Map<string, Resolved[]>()
  return (hostname, done) => {
    const others = asked.get(hostname)
    if (others !== undefined) {
      others.push(done)
      return
    }
    const waiting = [done]
    asked.set(hostname, waiting)
    systemLookup(hostname, { all: true }, (error, addresses) => {
      asked.delete(hostname)
      for (const each of waiting) each(error, addresses)
    })
  }
}

function noAddress(hostname: string, all: LookupAddress[], refusal: (address: string) => string | null): Error {
  for (const { address } of all) {
    const sentence = refusal(address)
    if (sentence !== null) return new OutboundError(sentence, true)
  }
  return Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' })
}

function familyOf(family: number | 'IPv4' | 'IPv6'): number {
  return family === 'IPv6' || family === 6 ? 6 : 4
}

function hasHeader(headers: { [name: string]: string }, wanted: string): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === wanted)
}

function parse(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : null
  if (target === null) throw new OutboundError('the address is not a URL', true)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new OutboundError('the address is neither http nor https', true)
  }
  return target
}
