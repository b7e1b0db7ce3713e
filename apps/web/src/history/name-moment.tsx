import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { failureOf } from './fault-words.ts'

type Props = {
  /** The moment to name; null: the present one. */
  readonly seq: number | null
  readonly onNamed: () => void
}

/** Gives a moment a name, so that one finds it again. */
export const NameMoment = ({ seq, onNamed }: Props) => {
  const { replica } = useDesk()
  const { api } = useServices()
  const isSynced = useFeed(replica.status).state === 'synced'
  const [name, setName] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    const said = (name ?? '').trim()
    if (said === '') return setFault('Give it a name.')
    if (seq === null && !isSynced) return setFault('Not all of this is with the server yet. Try again when it says “Synced”.')
    const outcome = await api('nameMoment', {
      params: { id: replica.id },
      body: { name: said, ...(seq === null ? {} : { seq }) },
    })
    if (!outcome.ok) return setFault(failureOf(outcome).why)
    setName(null)
    setFault(null)
    onNamed()
  }

  if (name === null)
    return (
      <Button className="button small" data-place={seq === null ? 'nameMoment' : undefined} onPress={() => setName('')}>
        Name this moment
      </Button>
    )
  return (
    <form className="name-moment" onSubmit={(event) => void save(event)}>
      <TextField className="labelled" value={name} onChange={setName} maxLength={120} autoFocus>
        <Label>{seq === null ? 'Name of the present moment' : 'Name of this moment'}</Label>
        <Input
          className="input"
          placeholder="Before the fact check"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setName(null)
            setFault(null)
          }}
        />
      </TextField>
      <div className="history-acts">
        <Button type="submit" className="button small go">
          Name it
        </Button>
        <Button className="button small quiet" onPress={() => setName(null)}>
          Cancel
        </Button>
      </div>
      <p role="status" className="fault">
        {fault}
      </p>
    </form>
  )
}
