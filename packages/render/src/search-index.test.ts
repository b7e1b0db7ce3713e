import { expect, test } from 'vitest'
import { archiveEntry } from './archive-entry.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { renderSearchIndex } from './search-index.ts'
import { renderSearch } from './search-page.ts'
import { searchScript } from './search-script.ts'

test('X24: the index tells of each dispatch its title, who speaks and what it cites, and none of the script', () => {
  const entry = archiveEntry({ facts: factsOf(lighthouse), snapshot: lighthouse })
  const [told] = JSON.parse(renderSearchIndex([entry]))
  expect(told).toMatchObject({ path: entry.path, title: lighthouse.title, designation: entry.designation })
  for (const { name } of entry.speakers) expect(told.names).toContain(name)
  for (const source of entry.sources) expect(told.names).toContain(source.host)
  const longer = {
    ...lighthouse,
    body: [...lighthouse.body, ...lighthouse.body.map((block) => ({ ...block, id: `${block.id}x` }))],
  }
  expect(renderSearchIndex([archiveEntry({ facts: factsOf(longer), snapshot: longer })])).toBe(renderSearchIndex([entry]))
})

test('X24: the search page has its own script and no other, which writes text alone', () => {
  const page = renderSearch('', [], site)
  expect(page.split('<script>')).toHaveLength(2)
  expect(page).toContain(`<script>${searchScript}</script>`)
  expect(searchScript).not.toMatch(/<[/!a-z]|\beval\b|innerHTML|document\.write/i)
  expect(() => new Function(searchScript)).not.toThrow()
})
