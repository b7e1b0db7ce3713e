import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { PlainField } from '../fields/plain-field.tsx'

const origin = 'speakers'
const colorNames = ['Blue', 'Plum', 'Olive', 'Brick', 'Indigo', 'Teal']

type Props = { readonly id: string; readonly name: string; readonly color: number; readonly turns: number }

export const SpeakerRow = ({ id, name, color, turns }: Props) => {
  const { replica, readOnly } = useDesk()
  const { speakers } = replica.dispatch
  return (
    <div className="speaker">
      <MenuTrigger>
        <Button
          className="swatch"
          data-color={color}
          isDisabled={readOnly !== null}
          aria-label={`Colour of ${name || 'this speaker'}: ${colorNames[color - 1] ?? ''}`}
        />
        <Popover className="popover">
          <Menu
            aria-label="Colour"
            selectionMode="single"
            selectedKeys={[String(color)]}
            onAction={(key) => speakers.set(id, { color: Number(key) }, origin)}
          >
            {colorNames.map((colorName, index) => (
              <MenuItem key={colorName} id={String(index + 1)} textValue={colorName}>
                <span className="swatch" data-color={index + 1} /> {colorName}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
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
