import { parseXml, XmlElement } from '@rgrove/parse-xml'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileText } from './hostile.fixture.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { renderSocialPicture } from './social-picture.ts'

const linesOf = (title: string, show = site.name): string[] => {
  const snapshot = { ...lighthouse, title }
  const drawn = parseXml(renderSocialPicture({ snapshot, revision: factsOf(snapshot) }, { ...site, name: show }))
  const elements = (drawn.root?.children ?? []).filter((child) => child instanceof XmlElement)
  return elements.flatMap(({ name, text }) => (name === 'text' ? [text] : []))
}

test('F6: the picture bears the designation, the title in lines, and the name of the show', () => {
  expect(linesOf(lighthouse.title)).toEqual([
    'Dispatch 014 · 11 April 2026',
    'The Light That Was',
    'Switched Off Twice',
    'Lantern Radio',
  ])
})

test('F6: a title stands in four lines, whatever its length; one that the face cannot write is not half there', () => {
  const long = linesOf('An endless title that goes on and on '.repeat(12))
  expect(long).toHaveLength(6)
  expect(long[4]).toMatch(/…$/)
  expect(linesOf('M'.repeat(500))).toHaveLength(6)
  expect(linesOf('The light of שלום')).toEqual(['Dispatch 014 · 11 April 2026', 'Lantern Radio'])
})

test('R1: whatever is written, the picture is made of the same elements', () => {
  fc.assert(
    fc.property(hostileText, (words) => {
      for (const line of linesOf(words, words)) expect(typeof line).toBe('string')
      const drawn = renderSocialPicture({ snapshot: { ...lighthouse, title: words }, revision: factsOf(lighthouse) }, site)
      expect(drawn.match(/<(?!\?xml|\/?(svg|rect|path|text)\b)/g)).toBeNull()
    }),
    { numRuns: 200 },
  )
})
