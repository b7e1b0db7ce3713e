import type { Row } from './bench-cases.ts'
import { CONTENDERS, type ContenderName } from './contenders.ts'
import { median } from './quantile.ts'

/** What the rounds of a case gave, for each server. */
export type Measured = {
  readonly rows: readonly Row[]
  readonly figures: ReadonlyMap<ContenderName, readonly Readonly<Record<string, number>>[]>
}

/** A bar chart (Mermaid) of what a delivery costs, for each case that tells. */
export const plotsOf = (measured: readonly Measured[]): string =>
  measured
    .flatMap(({ rows, figures }) => rows.filter(({ figure }) => figure === 'cpu').map((row) => ({ row, figures })))
    .map(({ row: { title, figure }, figures }) => {
      const bars = CONTENDERS.flatMap((contender) => {
        const values = (figures.get(contender) ?? []).flatMap((round) => round[figure] ?? [])
        return values.length === 0 ? [] : [{ contender, value: median(values).toFixed(1) }]
      })
      return [
        '```mermaid',
        'xychart-beta',
        `  title "${title}"`,
        `  x-axis [${bars.map(({ contender }) => `"${contender}"`).join(', ')}]`,
        '  y-axis "ms"',
        `  bar [${bars.map(({ value }) => value).join(', ')}]`,
        '```',
      ].join('\n')
    })
    .join('\n\n')

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
