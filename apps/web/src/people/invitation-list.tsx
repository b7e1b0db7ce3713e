import type { ListedInvitation } from '@stet/schema/contract/people-routes'
import { Button } from 'react-aria-components'
import { dayOf } from '../account/day-of.ts'
import { Said } from '../account/said.tsx'
import { useAct } from '../account/use-act.ts'
import { useServices } from '../react/services-context.ts'

type Props = { readonly invitations: readonly ListedInvitation[]; readonly again: () => void }

export const InvitationList = ({ invitations, again }: Props) => {
  const { api } = useServices()
  const act = useAct(again)
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      {invitations.length === 0 ? (
        <p>None is open. A link is shown once, when it is made.</p>
      ) : (
        <ul className="managed-list">
          {invitations.map(({ id, role, uses, used, madeBy, expiresAt }) => (
            <li key={id}>
              <span className="managed-what">
                {`As ${role}, ${uses === 1 ? 'for one' : `${used} of ${uses} have come`}`}
                <span className="hint">
                  by {madeBy ?? 'the command line'}, until {dayOf(expiresAt)}
                </span>
              </span>
              <Button
                className="button small"
                aria-label={`Withdraw the invitation as ${role} until ${dayOf(expiresAt)}`}
                onPress={() => void act.run(() => api('withdrawLink', { params: { id } }), 'The invitation is withdrawn.')}
              >
                Withdraw
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Said act={act} />
    </section>
  )
}
