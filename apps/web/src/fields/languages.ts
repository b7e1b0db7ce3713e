/** The languages offered by name; any other can be typed as its tag. */
const TAGS = [
  'ar',
  'bg',
  'bn',
  'ca',
  'cs',
  'cy',
  'da',
  'de',
  'de-AT',
  'de-CH',
  'el',
  'en',
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-IN',
  'en-US',
  'es',
  'es-AR',
  'es-MX',
  'et',
  'eu',
  'fa',
  'fi',
  'fr',
  'fr-BE',
  'fr-CA',
  'fr-CH',
  'ga',
  'gl',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'is',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'ms',
  'mt',
  'nb',
  'nl',
  'nl-BE',
  'nn',
  'pl',
  'pt',
  'pt-BR',
  'pt-PT',
  'ro',
  'ru',
  'sk',
  'sl',
  'sq',
  'sr',
  'sv',
  'sw',
  'ta',
  'te',
  'th',
  'tl',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh-Hans',
  'zh-Hant',
] as const

export type Language = { readonly tag: string; readonly name: string }

/** Every language offered, by its name; the one in use among them, whatever it is. */
export const languagesWith = (current: string): readonly Language[] => {
  const tags = new Set<string>(TAGS)
  if (canonical(current) !== null) tags.add(current)
  return [...tags].map((tag) => ({ tag, name: languageName(tag) })).sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

export const languageName = (tag: string): string => {
  const known = canonical(tag)
  return (known && names.of(known)) || tag
}

/** The tag of what was typed: a name that is offered, or a tag. Null for anything else. */
export const typedLanguage = (typed: string, languages: readonly Language[]): string | null => {
  const text = typed.trim().toLowerCase()
  const named = languages.find(({ name, tag }) => name.toLowerCase() === text || tag.toLowerCase() === text)
  if (named) return named.tag
  const tag = canonical(text)
  // Longer ones are reserved: what is typed there is a word, not a tag.
  return tag !== null && new Intl.Locale(tag).language.length <= 3 ? tag : null
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

const canonical = (tag: string): string | null => {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}
