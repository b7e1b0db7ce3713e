import { HumanRole } from '@stet/schema/contract/people'
import type { ListedPerson } from '@stet/schema/contract/people-routes'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { dayOf } from '../account/day-of.ts'
import { Said } from '../account/said.tsx'
import { useAct } from '../account/use-act.ts'
import { Choice } from '../fields/choice.tsx'
import { useServices } from '../react/services-context.ts'
import { ROLE_CHOICES } from './role-names.ts'

type Props = { readonly people: readonly ListedPerson[]; readonly self: string; readonly again: () => void }

export const PeopleList = ({ people, self, again }: Props) => {
  const { api, sessions } = useServices()
  const [leaving, setLeaving] = useState<string | null>(null)
  const act = useAct(() => {
    again()
    void sessions.refresh()
  })
  return (
    <section aria-label="Who may come">
      <ul className="managed-list">
        {people.map(({ id, name, role, since }) => (
          <li key={id}>
            <span className="managed-what">
              {name}
              {id === self ? ' (you)' : ''}
              <span className="hint">since {dayOf(since)}</span>
            </span>
            <Choice
              label={`Role of ${name}`}
              value={role}
              options={ROLE_CHOICES}
              onChange={(next) =>
                void act.run(
                  () => api('changeRole', { params: { id }, body: { role: HumanRole.parse(next) } }),
                  `${name} has the role ${next} now.`,
                )
              }
            />
            {leaving === id ? (
              <Button
                className="button small go"
                onPress={() => {
                  setLeaving(null)
                  void act.run(() => api('removePerson', { params: { id } }), `${name} may not come any more.`)
                }}
              >
                Remove {name} for good
              </Button>
            ) : (
              <Button className="button small" aria-label={`Remove ${name}`} onPress={() => setLeaving(id)}>
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">Who is removed is signed out at once. What they wrote stays, under their name.</p>
      <Said act={act} />
    </section>
  )
}
