import type { Correction } from '@stet/schema/revision'
import { Checkbox, Label, TextArea, TextField } from 'react-aria-components'

/** What readers are to be told of a revision after the first. */
export type Told = { readonly isMinor: boolean; readonly wrong: string; readonly stands: string }

export const NOTHING_TOLD: Told = { isMinor: false, wrong: '', stands: '' }

/** As publishing takes it; null while something is missing. */
export const requestOf = ({ isMinor, wrong, stands }: Told): { minor: true } | { correction: Correction } | null => {
  if (isMinor) return { minor: true }
  const correction = { wrong: wrong.trim(), stands: stands.trim() }
  return correction.wrong === '' || correction.stands === '' ? null : { correction }
}

type Props = { readonly told: Told; readonly onTold: (told: Told) => void }

export const CorrectionFields = ({ told, onTold }: Props) => (
  <section className="correction-fields" aria-label="Correction">
    {told.isMinor ? null : (
      <>
        <p className="hint">Readers see this with the date, at the end of the page and among all corrections.</p>
        <Said label="What was wrong" text={told.wrong} onText={(wrong) => onTold({ ...told, wrong })} />
        <Said label="What stands now" text={told.stands} onText={(stands) => onTold({ ...told, stands })} />
      </>
    )}
    <Checkbox className="checkbox" isSelected={told.isMinor} onChange={(isMinor) => onTold({ ...told, isMinor })}>
      <span className="box" aria-hidden="true" />
      It corrects nothing (a typo): readers see “updated”
    </Checkbox>
  </section>
)

const Said = ({ label, text, onText }: { label: string; text: string; onText: (text: string) => void }) => (
  <TextField className="labelled" value={text} onChange={onText} maxLength={2_000}>
    <Label>{label}</Label>
    <TextArea className="input" rows={2} />
  </TextField>
)
