import { useEffect, useId, useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { InThisField } from './in-this-field.tsx'

type Props = {
  readonly label: string
  readonly place: string
  /** As it stands in the dispatch. */
  readonly value: string
  readonly type?: 'text' | 'date'
  readonly inputMode?: 'numeric' | 'url' | 'text'
  readonly placeholder?: string
  /** What is wrong with a draft, or null. A faulty draft stays in the box and is not written. */
  readonly fault: (draft: string) => string | null
  readonly write: (value: string) => void
}

/** A field of one plain value (a number, a date, an address): the last one to write it wins. */
export const PlainField = ({ label, place, value, type = 'text', inputMode = 'text', placeholder, fault, write }: Props) => {
  const { replica, readOnly } = useDesk()
  const [draft, setDraft] = useState<string | null>(null)
  const id = useId()
  const shown = draft ?? value
  const wrong = draft === null ? null : fault(draft)

  // A draft lives until what was written comes back, or its field is left in good order.
  useEffect(() => {
    if (draft !== null && draft === value) setDraft(null)
  }, [draft, value])

  const change = (next: string) => {
    setDraft(next)
    if (fault(next) === null && next !== value) write(next.trim())
  }
  return (
    <div className="field" data-field={place.split('/').at(-1)}>
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <input
          id={id}
          data-place={place}
          type={type}
          inputMode={inputMode}
          value={shown}
          placeholder={placeholder}
          readOnly={readOnly !== null}
          autoComplete="off"
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : `${id}-fault`}
          onChange={(event) => change(event.target.value)}
          onFocus={() => replica.presence.enterField(place)}
          onBlur={() => {
            replica.presence.leaveField(place)
            if (wrong === null) setDraft(null)
          }}
        />
        <InThisField place={place} />
      </div>
      {wrong === null ? null : (
        <p className="fault" id={`${id}-fault`}>
          {wrong}
        </p>
      )}
    </div>
  )
}
