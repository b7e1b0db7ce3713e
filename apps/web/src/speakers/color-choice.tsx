import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'

const NAMES = ['Blue', 'Plum', 'Olive', 'Brick', 'Indigo', 'Teal']

type Props = {
  /** Whose colour it is. */
  readonly name: string
  readonly color: number
  readonly isDisabled: boolean
  readonly onChange: (color: number) => void
}

/** A speaker's colour, by its name as well as to be seen. */
export const ColorChoice = ({ name, color, isDisabled, onChange }: Props) => (
  <MenuTrigger>
    <Button
      className="swatch"
      data-color={color}
      isDisabled={isDisabled}
      aria-label={`Colour of ${name || 'this speaker'}: ${NAMES[color - 1] ?? ''}`}
    />
    <Popover className="popover">
      <Menu aria-label="Colour" selectionMode="single" selectedKeys={[String(color)]} onAction={(key) => onChange(Number(key))}>
        {NAMES.map((colorName, index) => (
          <MenuItem key={colorName} id={String(index + 1)} textValue={colorName}>
            <span className="swatch" data-color={index + 1} /> {colorName}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  </MenuTrigger>
)
