import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { useState } from 'react'
import { Button, FileTrigger } from 'react-aria-components'
import type { Restoring } from '../history/use-restoring.ts'
import { addSources, importedWords, newSources } from './new-sources.ts'

type Props = { readonly dispatch: Dispatch; readonly act: Restoring['restore'] }

/** Sources from a file of them: CSL-JSON, BibTeX or addresses. They come in as one step, which is told and can be undone. */
export const ImportSources = ({ dispatch, act }: Props) => {
  const [notice, setNotice] = useState<string | null>(null)
  return (
    <div className="import-sources">
      <FileTrigger
        acceptedFileTypes={['.bib', '.json', '.txt', 'text/plain', 'application/json']}
        onSelect={(files) => {
          const file = files?.[0]
          if (file) void importInto(dispatch, act, file).then(setNotice)
        }}
      >
        <Button className="link-button">Import sources…</Button>
      </FileTrigger>
      <span className="hint">CSL-JSON, BibTeX or a list of links</span>
      <p role="status" className="import-notice">
        {notice}
      </p>
    </div>
  )
}

/** Answers what there is to say beyond what the step itself tells; null where that is all. */
const importInto = async (dispatch: Dispatch, act: Restoring['restore'], file: File): Promise<string | null> => {
  const { readFile } = await import('../import/read-file.ts')
  const read = await readFile(file)
  if (!read.ok) return `${read.fault} Nothing was imported.`
  if (read.holds === 'dispatch') return `${file.name} holds a dispatch or an essay. Import it in the list of dispatches.`
  const present = dispatch.sources.list().map(({ fields }) => String(fields.get('url') ?? ''))
  const added = newSources(read.sources, present)
  const known = read.sources.length - added.length
  if (added.length === 0)
    return known === 1 ? 'The one source in it is here already.' : `All ${known} sources in it are here already.`
  const did = act(importedWords(added.length, known), (signature) => addSources(dispatch, added, signature))
  return did ? null : 'Nothing can be written here now, so nothing was imported.'
}
