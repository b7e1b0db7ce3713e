import { memo, type ReactNode, useEffect, useId, useRef } from 'react'
import type * as Y from 'yjs'
import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { bindText } from './bind-text.ts'
import { InThisField } from './in-this-field.tsx'

type Props = {
  readonly label: string
  readonly text: Y.Text
  /** Names the field to colleagues and to jumps: `title`, `sources/<id>/claim`. */
  readonly place: string
  readonly singleLine?: boolean
  readonly placeholder?: string
  readonly hint?: ReactNode
}

/**
 * A text area on a `Y.Text`. Its value is the binding's, not React's: a keystroke renders nothing. (React Aria's text
 * field would put its own value in; the label and the hint are wired by hand instead.)
 */
export const ProseField = memo(({ label, text, place, singleLine = false, placeholder, hint }: Props) => {
  const { replica, readOnly } = useDesk()
  const { meta } = replica.dispatch
  useObserved(meta)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const hintId = `${id}-hint`

  useEffect(() => {
    if (area.current !== null) return bindText({ element: area.current, text, singleLine })
  }, [text, singleLine])

  return (
    <div className="field" data-field={place.split('/').at(-1)}>
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <textarea
          ref={area}
          id={id}
          data-place={place}
          rows={1}
          lang={String(meta.get('language') ?? '')}
          dir="auto"
          readOnly={readOnly !== null}
          placeholder={readOnly === null ? placeholder : undefined}
          aria-describedby={hint ? hintId : undefined}
          onFocus={() => replica.presence.enterField(place)}
          onBlur={() => replica.presence.leaveField(place)}
        />
        <InThisField place={place} />
      </div>
      {hint ? (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      ) : null}
    </div>
  )
})
