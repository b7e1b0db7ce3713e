import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'

/** A secret, this once: whoever checks signatures needs it. */
export const ShownSecret = ({ secret }: { secret: string }) => {
  const [said, setSaid] = useState('')
  const copy = async () => {
    const isCopied = await navigator.clipboard?.writeText(secret).then(
      () => true,
      () => false,
    )
    setSaid(isCopied ? 'Copied.' : 'This browser does not let us copy: select the secret and copy it.')
  }
  return (
    <div className="shown-secret">
      <TextField value={secret} isReadOnly className="labelled">
        <Label>Secret</Label>
        <Input className="input" onFocus={(event) => event.target.select()} />
      </TextField>
      <Button className="button" onPress={() => void copy()}>
        Copy
      </Button>
      <p className="hint">Keep it where signatures are checked: it is not shown again.</p>
      <p role="status" className="hint">
        {said}
      </p>
    </div>
  )
}
