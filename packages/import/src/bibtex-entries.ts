import { lineIndex } from './line-index.ts'

/** An entry as it stands: its type and field names in lower case, its values still TeX. */
export type BibEntry = {
  readonly line: number
  readonly type: string
  readonly key: string
  readonly fields: ReadonlyMap<string, string>
}

type Fail = (expected: string, line: number) => void

/** The abbreviations that BibTeX styles bring along. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The entries of a BibTeX file. What stands between them is a comment; the first fault ends the reading. */
export const readEntries = (text: string, fail: Fail): BibEntry[] => {
  const entries: BibEntry[] = []
  const strings = new Map(MONTHS.map((month) => [month, month]))
  let at = 0
  let isFaulty = false

  const lineOf = lineIndex(text)
  const refuse = (expected: string, offset = at) => {
    if (!isFaulty) fail(expected, lineOf(offset))
    isFaulty = true
    at = text.length
  }
  const skipSpace = () => {
    while (/\s/.test(text[at] ?? '')) at += 1
  }
  const take = (character: string, expected: string): boolean => {
    skipSpace()
    if (text[at] !== character) {
      refuse(expected)
      return false
    }
    at += 1
    return true
  }
  const takeName = (): string => {
    skipSpace()
    const name = /^[^\s{}(),="#%@]+/.exec(text.slice(at, at + 500))?.[0] ?? ''
    at += name.length
    return name
  }
  const takeBraced = (close: '}' | '"'): string => {
    const from = at
    let depth = 0
    for (; at < text.length; at++) {
      const character = text[at]
      if (character === close && depth === 0) {
        at += 1
        return text.slice(from, at - 1)
      }
      if (character === '{') depth += 1
      if (character === '}') depth -= 1
    }
    refuse(close === '}' ? '"}" for this "{"' : 'a second quotation mark', from - 1)
    return ''
  }
  const takeValue = (): string => {
    let value = ''
    do {
      skipSpace()
      const opens = text[at]
      if (opens === '{' || opens === '"') {
        at += 1
        value += takeBraced(opens === '{' ? '}' : '"')
      } else {
        const name = takeName()
        if (name === '') refuse('a value in braces or quotation marks')
        value += /^\d+$/.test(name) ? name : (strings.get(name.toLowerCase()) ?? name)
      }
      skipSpace()
    } while (text[at] === '#' && ++at > 0)
    return value
  }
  const takeFields = (close: string): Map<string, string> => {
    const fields = new Map<string, string>()
    for (;;) {
      skipSpace()
      if (text[at] === close) break
      const name = takeName().toLowerCase()
      if (name === '') {
        refuse(at >= text.length ? `"${close}" at the end of the entry` : 'a field ("title = {...}")')
        break
      }
      if (!take('=', '"=" behind the name of the field')) break
      fields.set(name, takeValue())
      skipSpace()
      if (text[at] === ',') at += 1
      else if (text[at] !== close) {
        refuse(`a comma, or "${close}" at the end of the entry`)
        break
      }
    }
    at += 1
    return fields
  }

  for (at = text.indexOf('@'); at >= 0 && at < text.length; at = text.indexOf('@', at)) {
    const line = lineOf(at)
    at += 1
    const type = takeName().toLowerCase()
    skipSpace()
    const opens = text[at]
    // An "@" in a comment, such as that of a mail address, begins no entry.
    if (type === '' || type === 'comment' || (opens !== '{' && opens !== '(')) continue
    at += 1
    const close = opens === '{' ? '}' : ')'
    if (type === 'preamble') takeValue()
    else if (type === 'string') for (const [name, value] of takeFields(close)) strings.set(name, value)
    else {
      const key = takeName()
      if (take(',', 'a comma behind the key of the entry')) entries.push({ line, type, key, fields: takeFields(close) })
    }
  }
  return entries
}
