import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { PlainField } from '../fields/plain-field.tsx'
import { ColorChoice } from './color-choice.tsx'

const origin = 'speakers'

type Props = { readonly id: string; readonly name: string; readonly color: number; readonly turns: number }

export const SpeakerRow = ({ id, name, color, turns }: Props) => {
  const { replica, readOnly } = useDesk()
  const { speakers } = replica.dispatch
  return (
    <div className="speaker">
      <ColorChoice
        name={name}
        color={color}
        isDisabled={readOnly !== null}
        onChange={(next) => speakers.set(id, { color: next }, origin)}
      />
      <PlainField
        label="Speaker name"
        place={`speakers/${id}`}
        value={name}
        placeholder="Name"
        fault={(draft) => (draft.length > 80 ? 'At most 80 characters.' : null)}
        write={(draft) => speakers.set(id, { name: draft }, origin)}
      />
      <span className="speaker-turns">{turns === 1 ? '1 turn' : `${turns} turns`}</span>
      {turns === 0 && readOnly === null ? (
        <Button
          className="button small quiet"
          aria-label={`Remove ${name || 'this speaker'}`}
          onPress={() => speakers.remove(id, origin)}
        >
          Remove
        </Button>
      ) : null}
    </div>
  )
}
