/** Languages that are written from right to left unless their tag names another script. Intl knows fewer on some machines. */
const LANGUAGES = new Set('ar arc ckb dv fa he iw nqo ps sd syr ug ur yi'.split(' '))
const SCRIPTS = new Set('adlm arab hebr nkoo rohg syrc thaa'.split(' '))

/** `{ dir: 'rtl' }` for a text that runs so; nothing for the others, which need no word of it. */
export const directionOf = (language: string): { dir?: 'rtl' } => {
  const [primary = '', ...subtags] = language.toLowerCase().split('-')
  const script = subtags.find((subtag) => /^[a-z]{4}$/.test(subtag))
  const isRightToLeft = script === undefined ? LANGUAGES.has(primary) : SCRIPTS.has(script)
  return isRightToLeft ? { dir: 'rtl' } : {}
}
