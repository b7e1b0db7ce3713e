import type { Row } from './bench-cases.ts'
import { CONTENDERS, type ContenderName } from './contenders.ts'
import { median } from './quantile.ts'

/** What the rounds of a case gave, for each server. */
export type Measured = {
  readonly rows: readonly Row[]
  readonly figures: ReadonlyMap<ContenderName, readonly Readonly<Record<string, number>>[]>
}

export const tableOf = (measured: readonly Measured[]): string =>
  [
    ['', 'reach', ...CONTENDERS],
    ['', '', ...CONTENDERS].map(() => '---'),
    ...measured.flatMap(({ rows, figures }) =>
      rows.map(({ title, figure, reach, digits }) => [
        title,
        reach,
        ...CONTENDERS.map((contender) => {
          const values = (figures.get(contender) ?? []).flatMap((round) => round[figure] ?? [])
          return values.length === 0 ? '-' : median(values).toFixed(digits)
        }),
      ]),
    ),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
