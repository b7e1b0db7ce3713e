import { MOST_FOUND, MOST_WORDS } from './search.ts'
import { SEARCH_INDEX_PATH } from './site-paths.ts'

/**
 * The script of the search page: where the site is a folder of files and nobody has answered what was asked, it looks through the index
 * and shows what it finds by text alone. Where a server has answered, what was asked stands in the field, and it does nothing.
 */
export const searchScript = `{
  const asked = new URLSearchParams(location.search).get('q') ?? ''
  const folded = (text) => text.normalize('NFKD').replaceAll(/\\p{M}/gu, '').toLowerCase()
  const words = [...new Set(folded(asked).split(/[^\\p{L}\\p{N}]+/u))].filter((word) => word !== '').slice(0, ${MOST_WORDS})
  const field = document.querySelector('.search input')
  const element = (name, className, ...children) => {
    const made = document.createElement(name)
    if (className !== '') made.className = className
    made.append(...children)
    return made
  }
  const shelfOf = ({ path, title, designation, blurb }) => {
    const link = element('a', '', title)
    link.href = path
    return element('section', 'shelf', element('h2', '', link, ' · ' + designation), element('p', 'empty', blurb))
  }
  const show = (entries) => {
    const holds = (entry) => {
      const text = folded([entry.title, entry.designation, entry.blurb, entry.names].join(' '))
      return words.every((word) => text.includes(word))
    }
    const found = entries.filter(holds)
    return [
      (found.length || 'None') + ' of ' + entries.length + (found.length > 1 ? ' have' : ' has') + ' “' + asked + '” in title, summary, speakers or sources. All its words are searched on the page of each.',
      ...found.slice(0, ${MOST_FOUND}).map(shelfOf),
    ]
  }
  if (words.length > 0 && field.value === '') {
    field.value = asked
    const said = element('p', 'empty')
    said.setAttribute('role', 'status')
    field.closest('search').after(said)
    fetch('${SEARCH_INDEX_PATH}').then((answer) => answer.json()).then(show, () => ['The list of what is published could not be read.'])
      .then(([text, ...shelves]) => {
        said.textContent = text
        said.after(...shelves)
      })
  }
}`
