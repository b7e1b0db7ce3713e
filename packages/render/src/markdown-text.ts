import type { Text } from 'mdast'
import type { Handle } from 'mdast-util-to-markdown'

/**
 * Prints text with what Markdown would read as markup escaped. What the printer holds unsafe are characters, each under conditions: most
 * words have none of them, and of the others it is asked of those alone that stand there.
 */
export const printText: Handle & { peek?: Handle } = (node: Text, _, state, info) => {
  const { value } = node
  if (PLAIN.test(value) && !isBreak(info.before) && !(isBreak(info.after) && value.endsWith(' '))) return value
  const whole = `${info.before}${value}${info.after}`
  const { unsafe } = state
  state.unsafe = unsafe.filter(({ character }) => whole.includes(character))
  const safe = state.safe(value, info)
  state.unsafe = unsafe
  return withBareEscaped(safe)
}

/** What is unsafe nowhere but at the start of a line, or at the end of one. */
const PLAIN = /^[\p{L} ][\p{L}\p{M}\p{N} .,;:?'"()–—…“”‘’/%-]*$/u

const isBreak = (character: string): boolean => character === '\n' || character === '\r'

/** What it will begin with, for what stands before it. No letter is ever unsafe. */
printText.peek = (node: Text, parent, state, info) => /^\p{L}/u.exec(node.value)?.[0] ?? printText(node, parent, state, info)

/**
 * Escapes what the printer leaves where it means nothing: an underscore inside a word, a backslash before a letter. Either may come to mean
 * something, where a letter beside it becomes a reference.
 */
const withBareEscaped = (safe: string): string =>
  safe.replaceAll(/\\[!-/:-@[-`{-~]|[\\_]/g, (found) => (found.length > 1 ? found : `\\${found}`))
