import type { Figure } from './figures.ts'
import type { RivalFigures, ScriptFigures } from './measure.ts'
import { rivalNames } from './pages/rival.ts'

/** The figures as a Markdown table: for each thing measured, a row for each script and a column for each rival. */
export const tableOf = (figures: readonly ScriptFigures[]): string =>
  rowsOf(figures)
    .map(({ title, cells }) => `| ${[title, ...cells].join(' | ')} |`)
    .toSpliced(0, 0, '| | floor | y-prosemirror | ours | ours : floor | ours : y-prosemirror |', '|---|---|---|---|---|---|')
    .join('\n')

type Measure = {
  readonly title: string
  readonly value: (of: RivalFigures) => number | null
  readonly text: (of: RivalFigures) => string
}

const both = ({ median, p99 }: Figure): string => `${median.toFixed(1)} / ${p99.toFixed(1)}`

const measures: readonly Measure[] = [
  { title: 'keystroke, handler + layout', value: ({ keystroke }) => keystroke.median, text: ({ keystroke }) => both(keystroke) },
  {
    title: 'key to layout, the browser included',
    value: ({ wholeKeystroke }) => wholeKeystroke.median,
    text: ({ wholeKeystroke }) => both(wholeKeystroke),
  },
  {
    title: "a colleague's keystroke arrives",
    value: ({ colleague }) => colleague?.median ?? null,
    text: ({ colleague }) => (colleague ? both(colleague) : '-'),
  },
  { title: 'open to paint', value: ({ open }) => open.median, text: ({ open }) => open.median.toFixed(0) },
  { title: 'open to all of it laid out', value: ({ whole }) => whole.median, text: ({ whole }) => whole.median.toFixed(0) },
  {
    title: 'own key to layout, four colleagues',
    value: ({ crowd }) => crowd?.wholeKeystroke.p99 ?? null,
    text: ({ crowd }) => (crowd ? both(crowd.wholeKeystroke) : '-'),
  },
  {
    title: 'frames not drawn, four colleagues',
    value: ({ crowd }) => (crowd ? crowd.dropped : null),
    text: ({ crowd }) => (crowd ? `${crowd.dropped} of ${crowd.frames}` : '-'),
  },
  { title: 'main thread a keystroke', value: ({ mainThread }) => mainThread, text: ({ mainThread }) => mainThread.toFixed(1) },
  { title: 'memory, MB', value: ({ megabytes }) => megabytes, text: ({ megabytes }) => megabytes.toFixed(1) },
]

const rowsOf = (figures: readonly ScriptFigures[]): { title: string; cells: string[] }[] =>
  measures.flatMap(({ title, value, text }) =>
    figures.flatMap(({ script, rivals }) => {
      const ours = value(rivals.stet)
      if (ours === null) return []
      const ratio = (other: number | null) => (other === null || other === 0 ? '-' : (ours / other).toFixed(1))
      return [
        {
          title: `${title}: ${script}`,
          cells: [
            ...rivalNames.map((name) => text(rivals[name])),
            ratio(value(rivals.floor)),
            ratio(value(rivals['y-prosemirror'])),
          ],
        },
      ]
    }),
  )
