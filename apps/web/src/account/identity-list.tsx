import { Button } from 'react-aria-components'
import { useAsked } from '../history/use-asked.ts'
import { useServices } from '../react/services-context.ts'
import { ByProvider } from '../sign-in/by-provider.tsx'
import { Refused } from '../sign-in/refused.tsx'
import { dayOf } from './day-of.ts'
import { Said } from './said.tsx'
import { useAct } from './use-act.ts'

/** The accounts elsewhere by which one signs in here. Nothing is said of them where no provider is set up and none is joined. */
export const IdentityList = () => {
  const { api } = useServices()
  const [provider] = useAsked('provider', () => api('getProvider'))
  const [asked, again] = useAsked('identities', () => api('listIdentities'))
  const act = useAct(again)
  if (provider.state !== 'here' || asked.state !== 'here') return null
  const { identities } = asked.value
  if (provider.value.provider === null && identities.length === 0) return null
  return (
    <section aria-labelledby="identities">
      <h2 id="identities">Accounts elsewhere</h2>
      <p>
        Sign in here with an account that you have elsewhere. Of it the desk keeps the code by which you are known there, and no
        name, mail or password.
      </p>
      <Refused />
      {identities.length === 0 ? null : (
        <ul className="managed-list">
          {identities.map(({ id, provider: at, madeAt, usedAt }) => (
            <li key={id}>
              <span className="managed-what">
                {at}
                <span className="hint">
                  joined {dayOf(madeAt)}, {usedAt === null ? 'not used since' : `last used ${dayOf(usedAt)}`}
                </span>
              </span>
              <Button
                className="button small"
                aria-label={`Remove the account at ${at}, joined ${dayOf(madeAt)}`}
                onPress={() => void act.run(() => api('removeIdentity', { params: { id } }), 'It is removed.')}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ByProvider label={(name) => `Join an account at ${name}`} begin={() => api('beginJoining')} />
      <Said act={act} />
    </section>
  )
}
