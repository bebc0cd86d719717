import { t, tIfAny } from '../texts/texts.ts'

/** Words that are not written as others are. */
const SPELT: { readonly [word: string]: string } = {
  url: 'URL',
  http: 'HTTP',
  dns: 'DNS',
  ssl: 'SSL',
  ip: 'IP',
  api: 'API',
  jwt: 'JWT',
  ca: 'CA',
  oauth2: 'OAuth 2',
  graphql: 'GraphQL',
  id: 'ID',
}

/** What people call a field: by the catalogue, else its own name in words. */
export function labelOf(name: string): string {
  return tIfAny(`field.${name}`) ?? inWords(name)
}

/** What people call a value to choose. */
export function optionLabel(value: unknown): string {
  return tIfAny(`option.${String(value)}`) ?? String(value)
}

/** What an empty choice means. */
export function defaultLabel(byDefault: unknown): string {
  return byDefault === undefined || byDefault === null
    ? t('form.default')
    : t('form.defaultIs', { value: optionLabel(byDefault) })
}

function inWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => SPELT[word.toLowerCase()] ?? word.toLowerCase())
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
