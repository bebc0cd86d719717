import type { Json } from '#domain'
import { Failure } from '../net/failure.ts'
import { textOf } from './charset.ts'
import { maskHeaders } from './credentials.ts'
import { decompress } from './decompress.ts'
import type { Sighting } from './sighting.ts'

/** How much of a failing body is kept with the incident. */
const EVIDENCE_BYTES = 4_096
const MAX_HEADERS = 100

/** What a failing check saw, with secrets masked. */
export async function evidenceOf(seen: Sighting): Promise<Json> {
  const { head, attempts, phases } = seen
  return {
    statusCode: head?.statusCode ?? null,
    statusLine: head === null ? null : `HTTP/${head.httpVersion} ${head.statusCode} ${head.statusMessage}`.trimEnd(),
    headers: head === null ? {} : maskHeaders(joined(head.rawHeaders)),
    body: await bodyText(seen),
    phases: { ...phases },
    ...(seen.certificate !== null && { certificate: { ...seen.certificate.facts } }),
    addresses: attempts.map(({ address, error }) => ({ address, error })),
  }
}

function joined(raw: readonly string[]): { [name: string]: string } {
  const headers: { [name: string]: string } = Object.create(null)
  for (let i = 0; i < Math.min(raw.length, 2 * MAX_HEADERS); i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    const value = (raw[i + 1] ?? '').slice(0, 1_000)
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}

/** The check may be over its deadline by now; a few kilobytes that are here already are decoded none the less. */
async function bodyText(seen: Sighting): Promise<string | null> {
  if (seen.body === null || seen.body.length === 0) return null
  const decoded = await decompress({ ...seen, cut: true }, EVIDENCE_BYTES, null)
  if (decoded instanceof Failure) return null
  return textOf(decoded.bytes.subarray(0, EVIDENCE_BYTES), seen).replaceAll('\0', '\ufffd')
}
