import { type FindQuery, foundIn, goToMatch, selectMatch, setFindQuery } from '@stet/editor/find/find'
import { replaceAll, replaceMatch } from '@stet/editor/find/replace'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { type KeyboardEvent, type RefObject, useEffect, useState, useSyncExternalStore } from 'react'
import { Button, Input, TextField, ToggleButton } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { Choice } from '../fields/choice.tsx'
import { useObserved } from '../react/use-observed.ts'

type Props = {
  readonly editor: ScriptEditor
  readonly field: RefObject<HTMLInputElement | null>
  readonly text: string
  readonly onText: (text: string) => void
  readonly onClose: () => void
}

/** Finds in the script, and replaces where one may write. Enter goes on, Shift-Enter back, Escape to the script. */
export const FindBar = ({ editor, field, text, onText, onClose }: Props) => {
  const { readOnly } = useDesk()
  const { view } = editor
  const [options, setOptions] = useState<Omit<FindQuery, 'text'>>({ matchCase: false, wholeWord: false, speaker: null })
  const [replacement, setReplacement] = useState<string | null>(null)
  const [replaced, setReplaced] = useState<number | null>(null)
  const found = useSyncExternalStore(editor.subscribe, () => foundIn(view.state))

  useEffect(() => {
    setReplaced(null)
    setFindQuery(view, { text, ...options })
  }, [view, text, options])
  useEffect(() => void field.current?.select(), [field])
  useEffect(() => () => (view.isDestroyed ? undefined : setFindQuery(view, null)), [view])

  const leave = () => {
    selectMatch(view)
    onClose()
    view.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Escape' && event.target instanceof HTMLButtonElement)) return
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter' && event.target === field.current) goToMatch(view, event.shiftKey ? -1 : 1)
    else if (event.key === 'Enter') replaceMatch(editor.context(), replacement ?? '')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <search aria-label="Find in the script" className="find-bar" data-hears="script" onKeyDown={onKeyDown}>
      <div className="find-row">
        <TextField aria-label="Find" value={text} onChange={onText} className="find-field">
          <Input ref={field} className="input" autoFocus autoComplete="off" spellCheck="false" placeholder="Find" />
        </TextField>
        <span role="status" className="find-count">
          {replaced === null ? countText(text, found) : `${replaced} replaced`}
        </span>
        <Button className="button small icon" aria-label="Previous match" onPress={() => goToMatch(view, -1)}>
          ↑
        </Button>
        <Button className="button small icon" aria-label="Next match" onPress={() => goToMatch(view, 1)}>
          ↓
        </Button>
        <Toggle
          label="Match case"
          short="Case"
          isOn={options.matchCase}
          onChange={(matchCase) => setOptions({ ...options, matchCase })}
        />
        <Toggle
          label="Whole words"
          short="Words"
          isOn={options.wholeWord}
          onChange={(wholeWord) => setOptions({ ...options, wholeWord })}
        />
        <WhoseTurns speaker={options.speaker} onSpeaker={(speaker) => setOptions({ ...options, speaker })} />
        {readOnly === null ? (
          <ToggleButton
            className="button small"
            isSelected={replacement !== null}
            onChange={(isOn) => setReplacement(isOn ? '' : null)}
          >
            Replace
          </ToggleButton>
        ) : null}
        <Button className="button small quiet icon" aria-label="Close" onPress={leave}>
          ✕
        </Button>
      </div>
      {replacement === null || readOnly !== null ? null : (
        <div className="find-row">
          <TextField aria-label="Replace with" value={replacement} onChange={setReplacement} className="find-field">
            <Input className="input" autoFocus autoComplete="off" placeholder="Replace with" />
          </TextField>
          <Button className="button small" onPress={() => replaceMatch(editor.context(), replacement)}>
            Replace this
          </Button>
          <Button className="button small" onPress={() => setReplaced(replaceAll(editor.context(), replacement))}>
            Replace all
          </Button>
        </div>
      )}
    </search>
  )
}

const countText = (text: string, found: ReturnType<typeof foundIn>): string => {
  if (text === '' || found === null) return ''
  return found.count === 0 ? 'none' : `${found.current + 1} of ${found.count}`
}

type ToggleProps = {
  readonly label: string
  /** As it stands on the button; part of the label. */
  readonly short: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

const Toggle = ({ label, short, isOn, onChange }: ToggleProps) => (
  <ToggleButton className="button small icon" aria-label={label} isSelected={isOn} onChange={onChange}>
    {short}
  </ToggleButton>
)

const WhoseTurns = ({ speaker, onSpeaker }: { speaker: string | null; onSpeaker: (speaker: string | null) => void }) => {
  const { speakers } = useDesk().replica.dispatch
  useObserved(speakers.map)
  const roster = speakers.list()
  if (roster.length < 2) return null
  return (
    <Choice
      label="Turns of"
      value={speaker ?? ''}
      options={[
        { id: '', name: 'All turns' },
        ...roster.map(({ id, fields }) => ({ id, name: String(fields.get('name') ?? '') || 'no name' })),
      ]}
      onChange={(id) => onSpeaker(id === '' ? null : id)}
    />
  )
}
