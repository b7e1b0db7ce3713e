import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { Signature } from '@stet/schema/layout/restore'
import { sourceFieldsOf } from '@stet/schema/layout/write-content'
import type { Source } from '@stet/schema/snapshot'

/** Those of the imported sources whose address no source has yet; one without an address is always new. */
export const newSources = (imported: readonly Source[], present: readonly string[]): readonly Source[] => {
  const known = new Set(present.map(addressKey))
  return imported.filter(({ url }) => {
    const key = addressKey(url)
    const isNew = key === '' || !known.has(key)
    known.add(key)
    return isNew
  })
}

/** One address, however it was copied. */
const addressKey = (url: string): string => {
  const trimmed = url.trim()
  return (URL.canParse(trimmed) ? new URL(trimmed).href : trimmed).replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')
}

export const addSources = ({ doc, sources }: Dispatch, added: readonly Source[], { origin }: Signature): void => {
  doc.transact(() => {
    for (const source of added) sources.add(sourceFieldsOf(source), origin)
  }, origin)
}

/** `Imported 3 sources; 1 was here already.` */
export const importedWords = (added: number, known: number): string => {
  const here = known === 0 ? '' : `; ${known} ${known === 1 ? 'was' : 'were'} here already`
  return `Imported ${added} ${added === 1 ? 'source' : 'sources'}${here}.`
}
