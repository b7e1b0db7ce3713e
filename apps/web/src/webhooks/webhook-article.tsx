import type { Answer, Outcome } from '@stet/schema/contract/client'
import type { Webhook } from '@stet/schema/contract/webhooks'
import { useCallback, useState } from 'react'
import { Button } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { DeliveryList } from './delivery-list.tsx'
import { ShownSecret } from './shown-secret.tsx'
import { useLookedUp } from './use-looked-up.ts'
import { refusalWords, STATE_WORDS } from './webhook-words.ts'

type Props = {
  readonly webhook: Webhook
  /** While it may be shown; null: it was shown before. */
  readonly secret: string | null
  readonly onChanged: () => Promise<void>
  readonly onSecret: (webhook: Webhook, secret: string) => Promise<void>
}

/** Milliseconds until deliveries are looked at again: soon while one is about to be sent. */
const pauseBefore = (answer: Outcome<Answer<'listDeliveries'>>): number => {
  const isSoon = answer.ok && answer.value.deliveries.some(({ state, attempts }) => state === 'waiting' && attempts === 0)
  return isSoon ? 1_000 : 15_000
}

/** One webhook: its address, what can be done with it, and what it was told last. */
export const WebhookArticle = ({ webhook, secret, onChanged, onSecret }: Props) => {
  const { api } = useServices()
  const { id, url, state, formerSecretUntil } = webhook
  const params = { id }
  const look = useCallback(() => api('listDeliveries', { params: { id } }), [api, id])
  const [deliveries, lookAgain] = useLookedUp(look, pauseBefore)
  const [said, setSaid] = useState('')
  const [isRemoving, setRemoving] = useState(false)
  const isActive = state === 'active'

  /** Does it, says that it is done or why not, and shows what stands by now. */
  const act = async <T,>(asked: Promise<Outcome<T>>, done: string, then: (value: T) => Promise<void>) => {
    const answer = await asked
    setSaid(answer.ok ? done : refusalWords(answer))
    if (answer.ok) await then(answer.value)
  }
  const test = () => act(api('pingWebhook', { params }), 'A test message is on its way.', lookAgain)
  const turn = (next: 'active' | 'off') =>
    act(api('changeWebhook', { params, body: { state: next } }), next === 'active' ? 'Switched on.' : 'Switched off.', onChanged)
  const rotate = () =>
    act(api('rotateSecret', { params }), 'It has a new secret.', (rotated) => onSecret(rotated.webhook, rotated.secret))
  const remove = () => act(api('deleteWebhook', { params }), 'Removed.', onChanged)
  const sendAgain = (message: string) =>
    act(api('deliverAgain', { params: { id, message } }), 'The message is on its way again.', lookAgain)

  return (
    <article className="webhook" aria-labelledby={`${id}-url`}>
      <header>
        <h2 id={`${id}-url`}>{url}</h2>
        <p className="webhook-state" data-state={state}>
          {STATE_WORDS[state]}
        </p>
      </header>
      {secret === null ? null : <ShownSecret secret={secret} />}
      {formerSecretUntil !== null && Date.parse(formerSecretUntil) > Date.now() ? (
        <p className="hint">
          Until <time dateTime={formerSecretUntil}>{new Date(formerSecretUntil).toLocaleString()}</time> messages are signed by
          the former secret as well.
        </p>
      ) : null}
      {isRemoving ? (
        <div className="webhook-acts">
          <p>Remove it, with all that is still on its way to it?</p>
          <Button className="button quiet small" onPress={() => setRemoving(false)} autoFocus>
            Keep it
          </Button>
          <Button className="button go small" onPress={() => void remove()}>
            Remove
          </Button>
        </div>
      ) : (
        <div className="webhook-acts">
          <Button className="button small" isDisabled={!isActive} onPress={() => void test()}>
            Send a test
          </Button>
          <Button className="button small" onPress={() => void rotate()}>
            New secret
          </Button>
          <Button className="button small" onPress={() => void turn(isActive ? 'off' : 'active')}>
            {isActive ? 'Switch off' : 'Switch on'}
          </Button>
          <Button className="button quiet small" onPress={() => setRemoving(true)}>
            Remove…
          </Button>
        </div>
      )}
      <p role="status" className="hint">
        {said}
      </p>
      {deliveries?.ok ? (
        <DeliveryList
          deliveries={deliveries.value.deliveries}
          sendAgain={isActive ? (message) => void sendAgain(message) : null}
        />
      ) : null}
    </article>
  )
}
