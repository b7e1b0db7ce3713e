import { displayUrl, followableUrl } from '@stet/schema/link'
import { useId } from 'react'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { SourceFields } from './source-fields.tsx'

type Props = {
  readonly id: string
  readonly number: number
  /** Ranges of the script that rest on it. */
  readonly citations: number
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onCite: () => void
  readonly onRemove: (title: string) => void
  readonly moveUp: (() => void) | null
  readonly moveDown: (() => void) | null
}

export const SourceCard = (props: Props) => {
  const { replica, readOnly } = useDesk()
  const { sources } = replica.dispatch
  useObserved(sources.map)
  const titleId = useId()
  const { id, number, citations, isOpen } = props
  const plain = (field: string) => String(sources.map.get(id)?.get(field) ?? '')
  const prose = (field: string) => sources.text(id, field)?.toString().trim() ?? ''
  const title = prose('title') || 'Untitled source'
  const link = followableUrl(plain('url'))
  const origin = [prose('publisher'), prose('description')].filter(Boolean).join(' — ')
  return (
    <article className="source" aria-labelledby={titleId} data-open={isOpen}>
      <span className="source-number" aria-hidden="true">
        {number}
      </span>
      <div className="source-body">
        <h3 id={titleId}>{title}</h3>
        {origin === '' ? null : <p className="source-origin">{origin}</p>}
        {isOpen || prose('citedText') === '' ? null : <blockquote>{prose('citedText')}</blockquote>}
        {plain('url') === '' || isOpen ? null : (
          <p className="source-link">
            {link === null ? (
              displayUrl(plain('url'))
            ) : (
              <a href={link} target="_blank" rel="noreferrer">
                {displayUrl(plain('url'))}
              </a>
            )}
          </p>
        )}
        <p className="source-tags">
          {plain('kind') === '' ? null : <span className="tag">{plain('kind')}</span>}
          {plain('tier') === '' ? null : <span className="tag">{plain('tier')}</span>}
          <span className="source-citations">
            {citations === 0 ? 'not cited' : citations === 1 ? 'cited once' : `cited ${citations} times`}
          </span>
        </p>
        <div className="source-acts">
          <Button className="button small" aria-expanded={isOpen} aria-describedby={titleId} onPress={props.onToggle}>
            Edit
          </Button>
          {readOnly === null ? (
            <Button className="button small" aria-describedby={titleId} onPress={props.onCite}>
              Cite
            </Button>
          ) : null}
          {readOnly === null && isOpen ? <PlaceActs {...props} titleId={titleId} title={title} /> : null}
        </div>
        {isOpen ? <SourceFields id={id} /> : null}
      </div>
    </article>
  )
}

/** What is done seldom shows only where one is at work. */
const PlaceActs = ({ titleId, title, moveUp, moveDown, onRemove }: Props & { titleId: string; title: string }) => (
  <>
    <Button
      className="button small icon"
      aria-label="Move up"
      aria-describedby={titleId}
      isDisabled={moveUp === null}
      onPress={() => moveUp?.()}
    >
      ↑
    </Button>
    <Button
      className="button small icon"
      aria-label="Move down"
      aria-describedby={titleId}
      isDisabled={moveDown === null}
      onPress={() => moveDown?.()}
    >
      ↓
    </Button>
    <Button className="button small quiet" aria-describedby={titleId} onPress={() => onRemove(title)}>
      Remove
    </Button>
  </>
)
