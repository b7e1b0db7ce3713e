/** Words as one counts them: what stands between spaces and holds a letter or a digit; in Chinese and Japanese, characters. */
export const wordCount = (text: string): number => text.match(WORD)?.length ?? 0

const CHARACTER = '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}]'
const WORD = new RegExp(
  `${CHARACTER}|(?:(?!${CHARACTER})[^\\s—–])*(?!${CHARACTER})[\\p{L}\\p{N}](?:(?!${CHARACTER})[^\\s—–])*`,
  'gu',
)
