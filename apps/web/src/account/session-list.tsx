import type { ListedSession } from '@stet/schema/contract/account-routes'
import { Button } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { dayOf } from './day-of.ts'
import { deviceName } from './device-name.ts'
import { Said } from './said.tsx'
import { useAct } from './use-act.ts'

export const SessionList = ({ sessions, again }: { readonly sessions: readonly ListedSession[]; readonly again: () => void }) => {
  const { api } = useServices()
  const act = useAct(again)
  const others = sessions.filter(({ isThis }) => !isThis)
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <ul className="managed-list">
        {sessions.map(({ id, agent, madeAt, usedAt, isThis }) => (
          <li key={id}>
            <span className="managed-what">
              {deviceName(agent)}
              {isThis ? ', this one' : ''}
              <span className="hint">
                since {dayOf(madeAt)}, last used {dayOf(usedAt)}
              </span>
            </span>
            {isThis ? null : (
              <Button
                className="button small"
                aria-label={`Sign out in ${deviceName(agent)}`}
                onPress={() => void act.run(() => api('endSession', { params: { id } }), 'Signed out there.')}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <Button
          className="button"
          isDisabled={act.isBusy}
          onPress={() => void act.run(() => api('signOutElsewhere'), 'You are signed in here alone.')}
        >
          Sign out everywhere else
        </Button>
      )}
      <Said act={act} />
    </section>
  )
}
