import { fieldName } from '@stet/schema/change-words'
import type { Author, BlockChange, Diff } from '@stet/schema/contract/history'
import type { BlockKind } from '@stet/schema/snapshot'
import { namesOf } from '../history/history-words.ts'

type Did = 'changed' | 'added' | 'removed' | 'moved'

/** `Bo changed 4 turns and the title and added 1 turn; Cy removed 1 source` */
export const whatOthersDid = ({ fields, blocks, sources }: Diff): string => {
  const deeds = [
    ...fields.map(({ field, authors }) => ({ authors, did: 'changed' as const, what: `the ${fieldName(field).toLowerCase()}` })),
    ...blocks.map((change) => ({ authors: change.authors, did: didTo(change), kind: kindOf(change) })),
    ...sources.map((change) => ({
      authors: change.authors,
      did: change.before === null ? ('added' as const) : change.after === null ? ('removed' as const) : ('changed' as const),
      kind: 'source' as const,
    })),
  ]
  const byAuthors = Map.groupBy(deeds, ({ authors }) => nameOfAll(authors))
  return [...byAuthors]
    .map(([names, own]) => {
      const verbs = (['changed', 'added', 'removed', 'moved'] as const).flatMap((did) => {
        const these = own.filter((deed) => deed.did === did)
        if (these.length === 0) return []
        const counted = Map.groupBy(these, (deed) => ('kind' in deed ? deed.kind : deed.what))
        return [`${did} ${listed([...counted].map(([kind, { length }]) => count(kind, length)))}`]
      })
      return `${names} ${listed(verbs)}`
    })
    .join('; ')
}

const nameOfAll = (authors: readonly Author[]): string => namesOf(authors.toSorted((a, b) => (a.id < b.id ? -1 : 1)))

const didTo = ({ before, after, moved }: BlockChange): Did => {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return moved && JSON.stringify(before) === JSON.stringify(after) ? 'moved' : 'changed'
}

const kindOf = ({ before, after }: BlockChange): BlockKind => (after ?? before)?.kind ?? 'turn'

const count = (what: string, number: number): string =>
  what.startsWith('the ') ? what : `${number} ${what}${number === 1 ? '' : 's'}`

const listed = (parts: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts)
