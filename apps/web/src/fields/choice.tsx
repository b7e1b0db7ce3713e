import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'

type Props = {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly isDisabled?: boolean
  readonly onChange: (id: string) => void
}

/** One of a few. */
export const Choice = ({ label, value, options, isDisabled = false, onChange }: Props) => (
  <Select
    className="choice"
    value={value}
    isDisabled={isDisabled}
    onChange={(key) => {
      if (typeof key === 'string') onChange(key)
    }}
  >
    <Label className="choice-label">{label}</Label>
    <Button className="choice-button">
      <SelectValue>{options.find(({ id }) => id === value)?.name ?? value}</SelectValue>
      <span aria-hidden="true">▾</span>
    </Button>
    <Popover className="popover">
      <ListBox items={options}>{({ id, name }) => <ListBoxItem id={id}>{name}</ListBoxItem>}</ListBox>
    </Popover>
  </Select>
)
