import type { Preview } from '@stet/schema/publishing'
import type { Place } from '../desk/place.ts'
import { DiffView } from '../history/diff-view.tsx'

/** What readers would find changed: the pages, and the words since the newest revision. */
export const WhatChanges = ({ preview, jump }: { preview: Preview; jump: (place: Place) => void }) => {
  const { pages, changes, revision } = preview
  const count = changes === null ? 0 : changes.fields.length + changes.blocks.length + changes.sources.length
  return (
    <details className="what-changes">
      <summary>
        {changes === null ? 'What appears on the site' : `What changes since revision ${revision - 1}: ${countWords(count)}`}
      </summary>
      <ul className="changed-pages" aria-label="Pages of the site">
        {pages.map(({ path, is }) => (
          <li key={path}>
            <code>{path}</code> {is === 'new' ? 'is new' : 'changes'}
          </li>
        ))}
      </ul>
      {changes === null || count === 0 ? null : (
        <DiffView diff={withoutAuthors(changes)} author={null} jump={jump} onRestore={null} />
      )}
    </details>
  )
}

const countWords = (count: number): string => (count === 0 ? 'nothing' : count === 1 ? 'one thing' : `${count} things`)

/** Whose each change is, history tells. */
const withoutAuthors = ({ fields, blocks, sources }: NonNullable<Preview['changes']>) => ({
  from: 0,
  to: 0,
  fields: fields.map((change) => ({ ...change, authors: [] })),
  blocks: blocks.map((change) => ({ ...change, authors: [] })),
  sources: sources.map((change) => ({ ...change, authors: [] })),
})
