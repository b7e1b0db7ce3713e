import { useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { languageName, languagesWith, typedLanguage } from './languages.ts'

/** The language of the dispatch: spelling is checked in it, and published pages say it. */
export const LanguageField = () => {
  const { replica, readOnly } = useDesk()
  const { dispatch, presence } = replica
  useObserved(dispatch.meta)
  const tag = String(dispatch.meta.get('language') ?? '')
  const languages = languagesWith(tag)
  const [typed, setTyped] = useState<string | null>(null)
  const write = (next: string) => {
    setTyped(null)
    if (next !== tag) dispatch.setMeta({ language: next }, 'language')
  }
  /** What was typed may be a tag that is not in the list. */
  const writeTyped = () => {
    const meant = typed === null ? null : typedLanguage(typed, languages)
    if (meant !== null) write(meant)
    else setTyped(null)
  }
  return (
    <ComboBox
      className="field language"
      data-field="language"
      isReadOnly={readOnly !== null}
      items={typed === null ? languages : languages.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))}
      inputValue={typed ?? languageName(tag)}
      selectedKey={tag}
      allowsCustomValue
      onInputChange={setTyped}
      onSelectionChange={(key) => (typeof key === 'string' ? write(key) : writeTyped())}
      onFocus={() => presence.enterField('language')}
      onBlur={() => {
        presence.leaveField('language')
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
