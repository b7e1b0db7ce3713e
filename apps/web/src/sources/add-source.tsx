import { useState } from 'react'
import { Button, Input, TextField } from 'react-aria-components'

/** By typing a title or pasting a link; with nothing typed, an empty source to fill in. */
export const AddSource = ({ onAdd }: { onAdd: (typed: string) => void }) => {
  const [typed, setTyped] = useState('')
  return (
    <form
      className="add-source"
      onSubmit={(event) => {
        event.preventDefault()
        onAdd(typed)
        setTyped('')
      }}
    >
      <TextField value={typed} onChange={setTyped} aria-label="New source: a title or a link">
        <Input className="input" data-place="newSource" placeholder="Paste a link, or type a title" autoComplete="off" />
      </TextField>
      <Button type="submit" className="button">
        Add source
      </Button>
    </form>
  )
}
