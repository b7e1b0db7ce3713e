import type { Webhook } from '@stet/schema/contract/webhooks'
import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { refusalWords } from './webhook-words.ts'

type Props = { readonly onAdded: (webhook: Webhook, secret: string) => Promise<void> }

export const AddWebhook = ({ onAdded }: Props) => {
  const { api } = useServices()
  const [url, setUrl] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await api('createWebhook', { body: { url: url.trim() } })
    setBusy(false)
    setFault(answer.ok ? null : refusalWords(answer))
    if (!answer.ok) return
    setUrl('')
    await onAdded(answer.value.webhook, answer.value.secret)
  }
  return (
    <form className="add-webhook" onSubmit={add}>
      <TextField className="labelled" type="url" value={url} onChange={setUrl} isInvalid={fault !== null}>
        <Label>Address</Label>
        <Input className="input" placeholder="https://example.org/hook" autoComplete="off" />
      </TextField>
      <Button type="submit" className="button go" isDisabled={isBusy || url.trim() === ''}>
        Add
      </Button>
      {fault === null ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}
