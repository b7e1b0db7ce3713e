import type { Delivery } from '@stet/schema/contract/webhooks'
import { Button } from 'react-aria-components'
import { deliveryWords, TYPE_WORDS } from './webhook-words.ts'

type Props = {
  readonly deliveries: readonly Delivery[]
  /** Null: nothing can be sent. */
  readonly sendAgain: ((message: string) => void) | null
}

/** The last messages to one webhook, newest first. */
export const DeliveryList = ({ deliveries, sendAgain }: Props) =>
  deliveries.length === 0 ? (
    <p className="empty">It was told nothing yet.</p>
  ) : (
    <ol className="deliveries" aria-label="Last messages">
      {deliveries.map((delivery) => (
        <li key={delivery.message} data-state={delivery.state}>
          <div>
            <p>
              <b>{TYPE_WORDS[delivery.type]}</b>
              {delivery.title === null ? '' : ` “${delivery.title}”`}
            </p>
            <p className="delivery-facts">
              <time dateTime={delivery.at}>{moment(delivery.at)}</time>
              <span className="delivery-state">{deliveryWords(delivery, moment)}</span>
            </p>
          </div>
          {delivery.state === 'waiting' && delivery.attempts === 0 ? null : (
            <Button
              className="button quiet small"
              isDisabled={sendAgain === null}
              aria-label={`Send again: ${TYPE_WORDS[delivery.type]} ${delivery.title ?? ''} ${moment(delivery.at)}`}
              onPress={() => sendAgain?.(delivery.message)}
            >
              Send again
            </Button>
          )}
        </li>
      ))}
    </ol>
  )

const moment = (at: string): string => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
