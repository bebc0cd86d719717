import { parseJsonObject } from '#domain'

/** What a job said with its ping. */
export interface PingWords {
  message: string | null
  rid: string | null
  /** The job said that it is down. */
  failed: boolean
  durationMs: number | null
  exitStatus: number | null
}

const MESSAGE_MAX = 10_000
const CUT = '… (cut)'
const RID_MAX = 100
const DURATION_MAX_MS = 2_592_000_000
const MESSAGE_FIELDS = ['error', 'message', 'msg']
const NOTHING: PingWords = { message: null, rid: null, failed: false, durationMs: null, exitStatus: null }

/**
 * Reads the body of a ping: a JSON object whatever the content type says, else a form, else plain text. What can't be
 * understood is kept as text; nothing here is ever an error.
 */
export function wordsOfBody(text: string): PingWords {
  if (text.trim() === '') return NOTHING
  const json = parseJsonObject(text)
  if (json !== null) return wordsOfFields(json, text)
  const form = parseForm(text)
  return form === null ? { ...NOTHING, message: cut(text) } : wordsOfFields(form, null)
}

/** Reads the query of a ping. Null when it has a bad escape or a value that can't be meant. */
export function wordsOfQuery(query: string): PingWords | null {
  const fields: { [name: string]: string } = Object.create(null)
  for (const pair of query.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const value = unescapeForm(rest.join('='))
    const field = unescapeForm(name)
    if (value === null || field === null) return null
    if (field !== '') fields[field] = value
  }
  const { status, ping, exitStatus } = fields
  if (status !== undefined && status !== '' && status !== 'up' && status !== 'down') return null
  if (ping !== undefined && ping !== '' && durationOf(ping) === null) return null
  if (exitStatus !== undefined && exitStatusOf(exitStatus) === null) return null
  return wordsOfFields(fields, null)
}

/** A path's exit status: 0 to 255, else null. */
export function exitStatusOf(given: unknown): number | null {
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : ''
  return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : null
}

function wordsOfFields(fields: { [name: string]: unknown }, whole: string | null): PingWords {
  const named = MESSAGE_FIELDS.map((name) => fields[name]).find((value) => value !== undefined && value !== null)
  const message = named === undefined ? whole : typeof named === 'string' ? named : JSON.stringify(named)
  const rid = typeof fields['rid'] === 'string' || typeof fields['rid'] === 'number' ? String(fields['rid']) : null
  return {
    message: message === null || message === '' ? null : cut(message),
    rid: rid === null || rid === '' ? null : clean(rid).slice(0, RID_MAX).toWellFormed(),
    failed: fields['status'] === 'down',
    durationMs: durationOf(fields['ping'] ?? fields['duration']),
    exitStatus: exitStatusOf(fields['exitStatus']),
  }
}

function durationOf(given: unknown): number | null {
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : ''
  if (!/^\d{1,10}(\.\d{1,9})?$/.test(text)) return null
  const ms = Number(text)
  return ms <= DURATION_MAX_MS ? ms : null
}

/** A form only where it has a field that we know: `curl -d 'Backup done'` says that it is one, too. */
function parseForm(text: string): { [name: string]: string } | null {
  if (!text.includes('=')) return null
  const fields = Object.fromEntries(new URLSearchParams(text.trim()))
  const known = [...MESSAGE_FIELDS, 'status', 'ping', 'rid', 'duration', 'exitStatus']
  return known.some((name) => Object.hasOwn(fields, name)) ? fields : null
}

function unescapeForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

/** At most 10,000 characters, marked where it was longer; safe to store and to show. */
function cut(text: string): string {
  const whole = clean(text)
  return whole.length <= MESSAGE_MAX ? whole : `${whole.slice(0, MESSAGE_MAX - CUT.length).toWellFormed()}${CUT}`
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
