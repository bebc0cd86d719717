import { Buffer } from 'node:buffer'
import { isCredentialHeader } from './credentials.ts'
import type { HeaderList } from './request-headers.ts'

/** The secrets in a URL's user info and in headers that look like credentials, in each form in which they are sent. */
export function secretsOf(url: URL, headers: HeaderList): string[] {
  const secrets = headers.filter(([name, value]) => isCredentialHeader(name, value)).map(([, value]) => value)
  // Servers repeat a token without its scheme, too.
  for (const value of [...secrets]) {
    const blank = value.indexOf(' ')
    if (blank > 0) secrets.push(value.slice(blank + 1))
  }
  if (url.password !== '') secrets.push(url.password, decoded(url.password), pairOf(url))
  return secrets
}

function pairOf({ username, password }: URL): string {
  return Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
