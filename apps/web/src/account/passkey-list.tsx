import type { ListedPasskey } from '@stet/schema/contract/account-routes'
import { Button } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { dayOf } from './day-of.ts'
import { deviceName } from './device-name.ts'
import { addPasskey, canUsePasskeys } from './passkey.ts'
import { Said } from './said.tsx'
import { useAct } from './use-act.ts'

export const PasskeyList = ({ passkeys, again }: { readonly passkeys: readonly ListedPasskey[]; readonly again: () => void }) => {
  const { api } = useServices()
  const act = useAct(again)
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>A passkey is kept by your device and unlocked like it: there is nothing to remember, and nothing to be stolen here.</p>
      {passkeys.length === 0 ? null : (
        <ul className="managed-list">
          {passkeys.map(({ id, name, madeAt, usedAt }) => (
            <li key={id}>
              <span className="managed-what">
                {name}
                <span className="hint">
                  added {dayOf(madeAt)}, {usedAt === null ? 'not used yet' : `last used ${dayOf(usedAt)}`}
                </span>
              </span>
              <Button
                className="button small"
                aria-label={`Remove the passkey ${name}`}
                onPress={() => void act.run(() => api('removePasskey', { params: { id } }), `${name} is removed.`)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {canUsePasskeys() ? (
        <Button
          className="button"
          isDisabled={act.isBusy}
          onPress={() => void act.run(() => addPasskey(api, deviceName(navigator.userAgent)), 'The passkey is added.')}
        >
          Add a passkey
        </Button>
      ) : (
        <p className="hint">Passkeys need an address with a name, over HTTPS or on this very machine (localhost).</p>
      )}
      <Said act={act} />
    </section>
  )
}
