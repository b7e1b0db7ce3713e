import type { Show } from '@stet/schema/show'
import { type FormEvent, useState } from 'react'
import { Button, FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import { LanguageBox } from '../fields/language-box.tsx'
import { Roster } from './roster.tsx'
import { draftOf, readDraft, type ShowDraft } from './show-draft.ts'

type Props = {
  readonly show: Show
  readonly isReadOnly: boolean
  /** Answers what went wrong; null: it is saved. */
  readonly onSave: (show: Show) => Promise<string | null>
}

export const ShowForm = ({ show, isReadOnly, onSave }: Props) => {
  const [draft, setDraft] = useState(() => draftOf(show))
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const [outcome, setOutcome] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(show))

  const change = (part: Partial<ShowDraft>) => {
    setDraft((now) => ({ ...now, ...part }))
    setOutcome(null)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const read = readDraft(draft)
    setFaults(read.ok ? new Map() : read.faults)
    if (!read.ok) return setOutcome('Some of it cannot be saved as it stands: see above.')
    setBusy(true)
    const fault = await onSave(read.show)
    setBusy(false)
    setOutcome(fault)
  }
  const box = (field: Exclude<keyof ShowDraft, 'speakers'>, label: string, hint?: string, rows?: number) => (
    <TextField
      className="labelled"
      value={draft[field]}
      onChange={(text) => change({ [field]: text })}
      isReadOnly={isReadOnly}
      isInvalid={faults.has(field)}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {rows === undefined ? <Input className="input" /> : <TextArea className="input" rows={rows} />}
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="fault">{faults.get(field)}</FieldError>
    </TextField>
  )
  return (
    <form className="show-form" onSubmit={save}>
      <fieldset>
        <legend>For readers</legend>
        {box('name', 'Name')}
        {box('description', 'Description', 'For the front page, for feeds and for search engines.', 3)}
        {box('licence', 'Licence', 'What readers may do with it, such as CC BY 4.0.')}
        {box('aiNote', 'Use of AI', 'What readers are told of the use of machines in the making.', 2)}
      </fieldset>
      <fieldset>
        <legend>For new dispatches</legend>
        <LanguageBox
          className="labelled language"
          tag={draft.language}
          onChange={(language) => change({ language })}
          isReadOnly={isReadOnly}
        />
        {box('target', 'Target length', 'Minutes, such as 12, or 12:30. Empty: none.')}
        <Roster speakers={draft.speakers} faults={faults} isReadOnly={isReadOnly} onChange={(speakers) => change({ speakers })} />
      </fieldset>
      <fieldset>
        <legend>To choose from</legend>
        {box('cues', 'Cues', 'One a line, without brackets: offered after [ in a turn.', 6)}
        {box('sourceKinds', 'Kinds of source', 'One word a line.', 6)}
      </fieldset>
      {isReadOnly ? (
        <p className="hint">The owner of this desk changes these.</p>
      ) : (
        <div className="show-acts">
          <Button type="submit" className="button go" isDisabled={isBusy || !isChanged}>
            Save
          </Button>
          <span role="status">{outcome ?? (isChanged ? 'Not saved yet.' : 'Saved.')}</span>
        </div>
      )}
    </form>
  )
}
