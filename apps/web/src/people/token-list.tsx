import type { ListedToken } from '@stet/schema/contract/people-routes'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { dayOf } from '../account/day-of.ts'
import { Said } from '../account/said.tsx'
import { useAct } from '../account/use-act.ts'
import { useServices } from '../react/services-context.ts'
import { NewToken } from './new-token.tsx'

export const TokenList = ({ tokens, again }: { readonly tokens: readonly ListedToken[]; readonly again: () => void }) => {
  const { api } = useServices()
  const [secret, setSecret] = useState<string | null>(null)
  const act = useAct(again)
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">Tokens for bots</h2>
      <ul className="managed-list">
        {tokens.map(({ id, name, scopes, expiresAt, usedAt }) => (
          <li key={id}>
            <span className="managed-what">
              {name}
              <span className="hint">
                {scopes.join(', ')}; until {dayOf(expiresAt)}; {usedAt === null ? 'never used' : `last used ${dayOf(usedAt)}`}
              </span>
            </span>
            <Button
              className="button small"
              aria-label={`Revoke the token ${name}`}
              onPress={() => void act.run(() => api('revokeToken', { params: { id } }), `${name} opens nothing any more.`)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <Said act={act} />
      {secret === null ? null : (
        <>
          <p>Copy the token now: it is not kept, and not shown again.</p>
          <code className="secret-once">{secret}</code>
        </>
      )}
      <NewToken
        onMade={(token) => {
          setSecret(token)
          again()
        }}
      />
    </section>
  )
}
