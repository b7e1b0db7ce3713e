import type { DispatchListing } from '@stet/schema/contract/api'
import { formatNumber } from '@stet/schema/timeline'

/** One row a dispatch, in the server's order (newest first); the title stands last, so no width is guessed for it. */
export const dispatchTable = (dispatches: readonly DispatchListing[]): string[] => {
  const rows = [['NUMBER', 'DATE', 'KIND', 'REVISION', 'UPDATED', 'ID', 'TITLE'], ...dispatches.map(rowOf)]
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, index) => Math.max(cell.length, widest[index] ?? 0)), [])
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

const rowOf = ({ id, kind, number, date, title, revision, stage, updatedAt }: DispatchListing): string[] => [
  number === null ? '-' : formatNumber(number),
  date ?? '-',
  kind,
  revision !== null ? String(revision) : stage === 'withdrawn' ? 'withdrawn' : 'draft',
  `${updatedAt.slice(0, 16)}Z`,
  id,
  title,
]
