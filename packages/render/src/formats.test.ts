import { expect, test } from 'vitest'
import { formats, isFormatName } from './formats.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'

test.each(Object.entries(formats))(
  '%s has an extension of its own and renders the same bytes each time',
  (_, { extension, mediaType, render }) => {
    expect(Object.values(formats).filter((format) => format.extension === extension)).toHaveLength(1)
    expect(mediaType).toMatch(/^[a-z]+\/[a-z]+(; charset=utf-8)?$/)
    const edition = { snapshot: lighthouse, revision: factsOf(lighthouse) }
    expect(render(edition, site)).toBe(render(structuredClone(edition), site))
  },
)

test('only names of the table are formats', () => {
  expect(['text', 'json', 'md', 'html', 'pdf', 'toString'].filter(isFormatName)).toEqual(['text', 'json', 'md', 'html'])
})
