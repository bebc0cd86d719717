import { language, locale } from '../format/locale.ts'
import { en } from './en.ts'

export type TextKey = keyof typeof en
export type Texts = { readonly [key in TextKey]: string }
type Values = { readonly [name: string]: string | number }

let texts: Texts = en
const plurals = new Intl.PluralRules(locale)
const numbers = new Intl.NumberFormat(locale)

/** Before anything is shown: gets the texts of the language. */
export async function loadTexts(): Promise<void> {
  document.documentElement.lang = language
  if (language === 'de') texts = (await import('./de.ts')).de
}

/** A text of the catalogue, with `{names}` filled in. */
export function t(key: TextKey, values: Values = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value
  })
}

/** One of two texts, `….one` or `….other`, by the rules of the language for this number. */
export function tn(key: PluralKey, count: number): string {
  const isOne = plurals.select(count) === 'one'
  return t(isOne ? `${key}.one` : `${key}.other`, { count })
}

type PluralKey = TextKey extends infer Key ? (Key extends `${infer Stem}.one` ? Stem : never) : never

/** A text of the catalogue under a name made from data, such as a field's; null where there is none. */
export function tIfAny(key: string): string | null {
  return isKey(key) ? t(key) : null
}

function isKey(key: string): key is TextKey {
  return Object.hasOwn(en, key)
}
