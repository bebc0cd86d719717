const KEPT_UNDER = 'language'

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

/** What the browser asks for, as far as it can be used: some systems hand on names like `en-US@posix`. */
const wanted = navigator.languages.filter(isTag)

/** The language that was chosen here, else the first of the browser's that there are texts in. */
export const language: Language = chosen() ?? wanted.map(languageOf).find(isKnown) ?? 'en'

/** How dates and numbers are written: the browser's own way where it is of the language, such as `en-GB`. */
export const locale: string = wanted.find((each) => languageOf(each) === language) ?? language

/** Shows everything in another language from now on. */
export function chooseLanguage(next: Language): void {
  localStorage.setItem(KEPT_UNDER, next)
  location.reload()
}

function chosen(): Language | null {
  const kept = localStorage.getItem(KEPT_UNDER)
  return kept !== null && isKnown(kept) ? kept : null
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

function languageOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag
}

function isKnown(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag)
}
