import { useEffect, useRef } from 'react'

type Props = {
  readonly label: string
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly onEnter: () => void
  readonly onClose: () => void
}

/** Takes the keys until the picker is there, so that none of them goes into the script; the picker goes on with what was typed. */
export const PickerBox = ({ label, query, onQuery, onEnter, onClose }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <div className="overlay picker-overlay">
      <div className="modal picker">
        <div className="picker-dialog">
          <input
            ref={input}
            aria-label={label}
            className="picker-input"
            autoComplete="off"
            spellCheck="false"
            value={query}
            onChange={({ target }) => onQuery(target.value)}
            onKeyDown={({ key, nativeEvent }) => {
              if (key === 'Escape') onClose()
              else if (key === 'Enter' && !nativeEvent.isComposing) onEnter()
            }}
          />
        </div>
      </div>
    </div>
  )
}
