import { Scope } from '@stet/schema/contract/people'
import { type FormEvent, useState } from 'react'
import { Button, Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import { Said } from '../account/said.tsx'
import { useAct } from '../account/use-act.ts'
import { Choice } from '../fields/choice.tsx'
import { useServices } from '../react/services-context.ts'
import { Field } from '../sign-in/field.tsx'

const LENGTHS = [
  { id: '30', name: '30 days' },
  { id: '90', name: '90 days' },
  { id: '365', name: 'A year' },
]
const WHAT: Record<Scope, string> = {
  'read:published': 'read what is published',
  'read:drafts': 'read drafts, and read along live',
  'write:dispatches': 'write dispatches',
  publish: 'publish and withdraw',
}

export const NewToken = ({ onMade }: { readonly onMade: (token: string) => void }) => {
  const { api } = useServices()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(['read:published'])
  const [days, setDays] = useState('90')
  const act = useAct()
  const make = (event: FormEvent) => {
    event.preventDefault()
    void act.run(async () => {
      const answer = await api('createToken', { body: { name: name.trim(), scopes: [...scopes], days: Number(days) } })
      if (answer.ok) {
        onMade(answer.value.token)
        setName('')
      }
      return answer
    }, 'The token is made.')
  }
  return (
    <form onSubmit={make}>
      <Field label="Name of a new token" value={name} onChange={setName} isRequired maxLength={60} />
      <CheckboxGroup
        className="checkboxes"
        value={[...scopes]}
        onChange={(chosen) => setScopes(Scope.options.filter((scope) => chosen.includes(scope)))}
      >
        <Label>It may</Label>
        {Scope.options.map((scope) => (
          <Checkbox key={scope} className="checkbox" value={scope}>
            <span className="box" aria-hidden="true" />
            {WHAT[scope]}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Choice label="For" value={days} options={LENGTHS} onChange={setDays} />
      <Button type="submit" className="button" isDisabled={act.isBusy || name.trim() === '' || scopes.length === 0}>
        Make a token
      </Button>
      <Said act={act} />
    </form>
  )
}
