import type { ArchiveEntry } from './archive-entry.ts'

/** `2 dispatches and 1 essay`; '' of none. */
export const countOf = (entries: readonly ArchiveEntry[]): string => {
  const essays = entries.filter(({ kind }) => kind === 'essay').length
  const counts = [
    [entries.length - essays, 'dispatch', 'dispatches'],
    [essays, 'essay', 'essays'],
  ] as const
  return counts.flatMap(([count, one, many]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`])).join(' and ')
}
