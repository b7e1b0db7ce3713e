import { useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { languageName, languagesWith, typedLanguage } from './languages.ts'

type Props = {
  /** BCP 47. */
  readonly tag: string
  readonly onChange: (tag: string) => void
  readonly isReadOnly?: boolean
  readonly className?: string
  readonly onEnter?: () => void
  readonly onLeave?: () => void
}

/** A language, by its name or its tag; what was typed may be a tag that is not in the list. */
export const LanguageBox = ({ tag, onChange, isReadOnly = false, className = 'language', onEnter, onLeave }: Props) => {
  const languages = languagesWith(tag)
  const [typed, setTyped] = useState<string | null>(null)
  const write = (next: string) => {
    setTyped(null)
    if (next !== tag) onChange(next)
  }
  const writeTyped = () => {
    const meant = typed === null ? null : typedLanguage(typed, languages)
    if (meant !== null) write(meant)
    else setTyped(null)
  }
  return (
    <ComboBox
      className={className}
      data-field="language"
      isReadOnly={isReadOnly}
      items={typed === null ? languages : languages.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))}
      inputValue={typed ?? languageName(tag)}
      selectedKey={tag}
      allowsCustomValue
      onInputChange={setTyped}
      onSelectionChange={(key) => (typeof key === 'string' ? write(key) : writeTyped())}
      onFocus={() => onEnter?.()}
      onBlur={() => {
        onLeave?.()
        setTyped(null)
      }}
    >
      <Label>Language</Label>
      <div className="field-box">
        <Input data-place="language" spellCheck="false" />
        <Button className="language-open" aria-label="Languages">
          ▾
        </Button>
      </div>
      <Popover className="popover">
        <ListBox>
          {({ tag: id, name }: { tag: string; name: string }) => (
            <ListBoxItem id={id} textValue={name}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
