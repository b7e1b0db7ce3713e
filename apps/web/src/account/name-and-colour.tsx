import type { Person } from '@stet/schema/contract/people'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { Choice } from '../fields/choice.tsx'
import { useServices } from '../react/services-context.ts'
import { Field } from '../sign-in/field.tsx'
import { Said } from './said.tsx'
import { useAct } from './use-act.ts'

const COLOURS = ['Teal', 'Plum', 'Moss', 'Rust', 'Indigo', 'Pine'].map((name, nth) => ({ id: String(nth + 1), name }))

export const NameAndColour = ({ person }: { readonly person: Person }) => {
  const { api, sessions } = useServices()
  const [name, setName] = useState(person.name)
  const [color, setColor] = useState(String(person.color))
  const act = useAct(() => void sessions.refresh())
  const save = (event: FormEvent) => {
    event.preventDefault()
    void act.run(() => api('changeAccount', { body: { name: name.trim(), color: Number(color) } }), 'Saved.')
  }
  return (
    <section aria-label="Name and colour">
      <form onSubmit={save}>
        <Field label="Name" value={name} onChange={setName} isRequired maxLength={60} autoComplete="name" />
        <Choice label="Colour" value={color} options={COLOURS} onChange={setColor} />
        <p className="hint">The others see both beside your caret.</p>
        <Button type="submit" className="button" isDisabled={act.isBusy || name.trim() === ''}>
          Save
        </Button>
        <Said act={act} />
      </form>
    </section>
  )
}
