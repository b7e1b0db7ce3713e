import { type Audio, AudioLink, audioTypeOf } from '@stet/schema/audio'
import { type FormEvent, useState } from 'react'
import { Button, FieldError, Input, Label, TextField } from 'react-aria-components'

/** A recording that stands elsewhere. */
export const LinkForm = ({ attach }: { attach: (audio: Audio) => void }) => {
  const [url, setUrl] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    const type = URL.canParse(url.trim()) ? audioTypeOf(new URL(url.trim()).pathname) : null
    const link = AudioLink.safeParse({ kind: 'link', url: url.trim(), type, bytes: null, seconds: null })
    if (!link.success) return setFault('An address that ends in .mp3, .m4a, .ogg, .flac or .wav, beginning with https://.')
    setReading(true)
    attach({ ...link.data, seconds: await lengthOf(link.data.url) })
    setReading(false)
  }
  return (
    <form className="audio-link" onSubmit={(event) => void add(event)}>
      <TextField
        className="labelled"
        value={url}
        onChange={(next) => {
          setUrl(next)
          setFault(null)
        }}
        isInvalid={fault !== null}
        validationBehavior="aria"
      >
        <Label>Or its address</Label>
        <Input className="input" inputMode="url" autoComplete="off" placeholder="https://" />
        <FieldError className="fault">{fault}</FieldError>
      </TextField>
      <Button className="button small" type="submit" isDisabled={isReading || url.trim() === ''}>
        Use it
      </Button>
    </form>
  )
}

const PATIENCE = 8_000

/** As the browser finds it; null where it cannot, or not soon. */
const lengthOf = (url: string): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = new window.Audio()
    const settle = () => {
      clearTimeout(timer)
      const seconds = Math.round(probe.duration)
      probe.removeAttribute('src')
      resolve(seconds >= 1 && seconds < 360_000 ? seconds : null)
    }
    const timer = setTimeout(settle, PATIENCE)
    probe.onloadedmetadata = settle
    probe.onerror = settle
    probe.preload = 'metadata'
    probe.src = url
  })
