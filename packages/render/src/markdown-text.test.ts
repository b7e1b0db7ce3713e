import fc from 'fast-check'
import type { PhrasingContent, Root } from 'mdast'
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote'
import { type Handle, toMarkdown } from 'mdast-util-to-markdown'
import { expect, test } from 'vitest'
import { printText } from './markdown-text.ts'

const words = fc
  .string({ unit: fc.constantFrom(...'ab Zé7 .,;:-()[]!?*_`~<>&#+=\\"\'/%|^'.split('')), minLength: 1, maxLength: 12 })
  .map((value): PhrasingContent => ({ type: 'text', value }))
const pieces = fc.oneof(
  { weight: 4, arbitrary: words },
  fc.constant<PhrasingContent>({ type: 'footnoteReference', identifier: '1', label: '1' }),
  fc.constant<PhrasingContent>({ type: 'break' }),
  fc.array(words, { minLength: 1, maxLength: 2 }).map((children): PhrasingContent => ({ type: 'strong', children })),
  words.map((child): PhrasingContent => ({ type: 'link', url: 'https://a.example/b', children: [child as never] })),
)
const trees = fc
  .array(pieces, { minLength: 1, maxLength: 6 })
  .chain((children) =>
    fc.constantFrom<Root>(
      { type: 'root', children: [{ type: 'paragraph', children }] },
      { type: 'root', children: [{ type: 'blockquote', children: [{ type: 'paragraph', children }] }] },
      { type: 'root', children: [{ type: 'heading', depth: 2, children: children.filter(({ type }) => type !== 'break') }] },
    ),
  )

/** The printer's own, asked of everything. */
const asked: Handle = (node, _, state, info) =>
  state.safe(node.value, info).replaceAll(/\\[!-/:-@[-`{-~]|[\\_]/g, (found) => (found.length > 1 ? found : `\\${found}`))

test('text is printed as it is where the printer is asked of every character', () => {
  const print = (root: Root, text: Handle) =>
    toMarkdown(root, { extensions: [gfmFootnoteToMarkdown()], emphasis: '_', handlers: { text } })
  fc.assert(
    fc.property(trees, (root) => {
      expect(print(root, printText)).toBe(print(root, asked))
    }),
    { numRuns: 3_000 },
  )
})
