import type { Choice } from '@stet/editor/suggest/choice'
import { useEffect } from 'react'
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components'
import { ChoiceRow, groupsOf } from './choice-row.tsx'

export type PickerProps = {
  readonly label: string
  readonly placeholder: string
  readonly query: string
  readonly onQuery: (query: string) => void
  /** Enter was pressed before this was there: what is found first is picked at once. */
  readonly isEntered: boolean
  readonly choices: (query: string) => readonly Choice[]
  /** What is said when a query finds nothing. */
  readonly nothing: string
  readonly onPick: (choice: Choice) => void
  readonly onClose: () => void
}

/** A box to type in and a list that follows: the keys stay in the box, the arrows go through the list. */
export const Picker = ({ label, placeholder, query, onQuery, isEntered, choices, nothing, onPick, onClose }: PickerProps) => {
  const found = choices(query)
  const pick = (id: string) => {
    const choice = found.find((each) => each.id === id)
    if (choice) onPick(choice)
  }
  const first = isEntered && query !== '' ? found[0] : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it comes
  useEffect(() => {
    if (first !== undefined) onPick(first)
  }, [])
  return (
    <ModalOverlay
      className="overlay picker-overlay"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
    >
      <Modal className="modal picker">
        <Dialog aria-label={label} className="picker-dialog">
          <Autocomplete inputValue={query} onInputChange={onQuery}>
            <TextField aria-label={label} autoFocus>
              <Input
                role="combobox"
                aria-expanded="true"
                className="picker-input"
                placeholder={placeholder}
                autoComplete="off"
                spellCheck="false"
                onKeyDown={({ key, nativeEvent, currentTarget }) => {
                  // What was typed before this was there has marked nothing in the list: Enter means what is found first.
                  const isMarked = currentTarget.hasAttribute('aria-activedescendant')
                  const [best] = query === '' ? [] : found
                  if (key === 'Enter' && !nativeEvent.isComposing && !isMarked && best !== undefined) onPick(best)
                }}
              />
            </TextField>
            <ListBox
              aria-label={label}
              className="picker-list"
              items={groupsOf(found)}
              renderEmptyState={() => <p className="empty">{nothing}</p>}
              onAction={(key) => pick(String(key))}
            >
              {({ name, choices: inGroup }) => (
                <ListBoxSection id={`group ${name}`} {...(name === '' ? { 'aria-label': label } : {})}>
                  {name === '' ? null : <Header className="choice-group">{name}</Header>}
                  <Collection items={inGroup}>
                    {(choice) => (
                      <ListBoxItem id={choice.id} textValue={choice.name} className="choice-row">
                        <ChoiceRow choice={choice} />
                      </ListBoxItem>
                    )}
                  </Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
          <p className="visually-hidden" role="status">
            {found.length === 1 ? '1 choice' : `${found.length} choices`}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
