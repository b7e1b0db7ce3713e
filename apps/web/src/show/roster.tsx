import { Button, Input, Label, TextField } from 'react-aria-components'
import { ColorChoice } from '../speakers/color-choice.tsx'
import { type SpeakerDraft, speakerDraft } from './show-draft.ts'

type Props = {
  readonly speakers: readonly SpeakerDraft[]
  readonly faults: ReadonlyMap<string, string>
  readonly isReadOnly: boolean
  readonly onChange: (speakers: readonly SpeakerDraft[]) => void
}

const COLORS = 6

/** Who speaks in a new dispatch, in this order, each with colour and pace. */
export const Roster = ({ speakers, faults, isReadOnly, onChange }: Props) => {
  const set = (key: string, part: Partial<SpeakerDraft>) =>
    onChange(speakers.map((speaker) => (speaker.key === key ? { ...speaker, ...part } : speaker)))
  const add = () =>
    onChange([
      ...speakers,
      speakerDraft({ name: '', color: (speakers.length % COLORS) + 1, pace: null }, `added ${crypto.randomUUID()}`),
    ])
  return (
    <fieldset className="roster">
      <legend>Speakers</legend>
      {speakers.length === 0 ? <p className="hint">Whoever begins a dispatch is its first speaker.</p> : null}
      <ul>
        {speakers.map(({ key, name, color, pace }) => {
          const fault = faults.get(`speakers.${key}`)
          return (
            <li key={key}>
              <ColorChoice name={name} color={color} isDisabled={isReadOnly} onChange={(next) => set(key, { color: next })} />
              <TextField
                className="labelled"
                value={name}
                onChange={(next) => set(key, { name: next })}
                isReadOnly={isReadOnly}
                isInvalid={fault !== undefined}
              >
                <Label>Name</Label>
                <Input className="input" />
              </TextField>
              <TextField
                className="labelled pace"
                value={pace}
                onChange={(next) => set(key, { pace: next })}
                isReadOnly={isReadOnly}
                isInvalid={fault !== undefined}
              >
                <Label>Letters a second</Label>
                <Input className="input" inputMode="decimal" placeholder="learnt" />
              </TextField>
              {isReadOnly ? null : (
                <Button
                  className="button small quiet"
                  aria-label={`Remove ${name || 'this speaker'}`}
                  onPress={() => onChange(speakers.filter((speaker) => speaker.key !== key))}
                >
                  Remove
                </Button>
              )}
              {fault === undefined ? null : (
                <p className="fault" role="alert">
                  {fault}
                </p>
              )}
            </li>
          )
        })}
      </ul>
      {isReadOnly ? null : (
        <Button className="button" onPress={add}>
          Add speaker
        </Button>
      )}
    </fieldset>
  )
}
