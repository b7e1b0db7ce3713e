import { formatProblem, type Problem } from '@stet/schema/finding'
import type { Snapshot } from '@stet/schema/snapshot'
import { Button } from 'react-aria-components'
import { type Place, placeOf } from '../desk/place.ts'

type Props = { readonly problems: readonly Problem[]; readonly snapshot: Snapshot; readonly jump: (place: Place) => void }

const SHOWN = 8

/** What keeps a dispatch from its readers, each with the way to its place. What is of no place is told elsewhere. */
export const Missing = ({ problems: all, snapshot, jump }: Props) => {
  const problems = all.filter(({ path }) => path.length > 0)
  return problems.length === 0 ? null : (
    <section aria-label="In the way">
      <h3>In the way of publishing</h3>
      <ul className="missing">
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={formatProblem(problem)}>
            <span>
              <b>{nameOf(problem.path)}</b>: {problem.message}
            </span>
            <Button
              className="link-button"
              aria-label={`Go there: ${nameOf(problem.path)}: ${problem.message}`}
              onPress={() => jump(placeOf(problem.path, snapshot))}
            >
              Go there
            </Button>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN ? <p className="hint">and {problems.length - SHOWN} more.</p> : null}
    </section>
  )
}

const nameOf = ([root, index, field]: Problem['path']): string => {
  if (root === 'body') return typeof index === 'number' ? `Turn ${index + 1}${field === 'speaker' ? ', speaker' : ''}` : 'Script'
  if (root === 'sources') return `Source ${Number(index) + 1}`
  const name = String(root ?? '')
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
