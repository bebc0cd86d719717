/** Stands for a secret wherever one would be shown. */
export const MASK = '••••'

const CREDENTIAL_NAME =
  /auth|cookie|token|secret|passw|api[-_]?key|access[-_]?key|credential|signature|session|private/i
/** Challenges name a scheme, not a secret. */
const CHALLENGE = /^(www|proxy)-authenticate$/i
const CREDENTIAL_VALUE = /^(bearer|basic|digest|negotiate|token|apikey)\s+\S/i
const CREDENTIAL_PARAMETER =
  /auth|token|secret|passw|pwd|api[-_]?key|access[-_]?key|^key$|credential|^sig|signature|session/i

/** Whether a header looks as if it carried a secret, by its name or its value. */
export function isCredentialHeader(name: string, value = ''): boolean {
  return (CREDENTIAL_NAME.test(name) && !CHALLENGE.test(name)) || CREDENTIAL_VALUE.test(value)
}

/** The same headers with every value that looks like a secret replaced by `••••`. */
export function maskHeaders(headers: { [name: string]: string }): { [name: string]: string } {
  const masked: { [name: string]: string } = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    if (isCredentialHeader(name, value)) masked[name] = MASK
    else masked[name] = /location|refresh/i.test(name) ? maskUrl(value) : value
  }
  return { ...masked }
}

/** A URL without its password and the values of query parameters that look like secrets. Text that is no URL is kept. */
export function maskUrl(text: string): string {
  if (!text.includes('@') && !text.includes('?')) return text
  const url = URL.parse(text)
  if (url === null) return maskQuery(text)
  if (url.password !== '') url.password = MASK
  else if (url.username !== '') url.username = MASK
  return maskQuery(url.href.replaceAll(encodeURIComponent(MASK), MASK))
}

function maskQuery(text: string): string {
  return text.replace(/([?&])([^=&#]*)=([^&#]*)/g, (whole, mark: string, name: string) =>
    CREDENTIAL_PARAMETER.test(name) ? `${mark}${name}=${MASK}` : whole,
  )
}
