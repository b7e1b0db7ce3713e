import { formatNumber } from '@stet/schema/timeline'
import { Input, Label, TextField } from 'react-aria-components'

type Props = {
  /** As typed; empty: the next of the show. */
  readonly number: string
  readonly onNumber: (number: string) => void
  /** What it will get; null until the server says. */
  readonly given: number | null
  /** Null where it has one. */
  readonly date: string | null
}

/** What publishing gives a dispatch that has no number or no date yet. */
export const Wish = ({ number, onNumber, given, date }: Props) => (
  <div className="publish-wish">
    <TextField className="labelled" value={number} onChange={onNumber} inputMode="numeric" maxLength={6}>
      <Label>Number</Label>
      <Input className="input" placeholder={given === null ? 'the next' : formatNumber(given)} />
    </TextField>
    <p className="hint">
      {given === null ? 'It gets the next number of the show' : `It gets number ${formatNumber(given)}`}
      {date === null ? '' : ` and the date ${date}`}, unless you choose another.
    </p>
  </div>
)

/** Null for what is no number, an empty field among it. */
export const readNumber = (typed: string): number | null => (/^0*[1-9]\d{0,5}$/.test(typed.trim()) ? Number(typed) : null)
