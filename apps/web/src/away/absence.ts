import type { Author, Diff } from '@stet/schema/contract/history'

/** Of a diff what others did, each change with the names of others alone. */
export const ofOthers = (diff: Diff, self: string): Diff => {
  const others = <Change extends { readonly authors: Author[] }>(changes: readonly Change[]): Change[] =>
    changes
      .map((change) => ({ ...change, authors: change.authors.filter(({ id }) => id !== self) }))
      .filter(({ authors }) => authors.length > 0)
  return { ...diff, fields: others(diff.fields), blocks: others(diff.blocks), sources: others(diff.sources) }
}

export const isEmpty = ({ fields, blocks, sources }: Diff): boolean => fields.length + blocks.length + sources.length === 0

/** A place to go to in order to see what changed: blocks as they stand, then what stands beside the script. */
export type Stop =
  | { readonly in: 'script'; readonly block: string; readonly authors: readonly Author[] }
  | { readonly in: 'field'; readonly field: string; readonly authors: readonly Author[] }
  | { readonly in: 'source'; readonly id: string; readonly authors: readonly Author[] }

/** What is gone has no place any more. */
export const stopsOf = ({ fields, blocks, sources }: Diff): readonly Stop[] => [
  ...fields.map(({ field, authors }): Stop => ({ in: 'field', field, authors })),
  ...blocks.filter(({ after }) => after !== null).map(({ id, authors }): Stop => ({ in: 'script', block: id, authors })),
  ...sources.filter(({ after }) => after !== null).map(({ id, authors }): Stop => ({ in: 'source', id, authors })),
]
