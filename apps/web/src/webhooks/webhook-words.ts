import type { Outcome } from '@stet/schema/contract/client'
import type { Delivery, MessageType, Webhook } from '@stet/schema/contract/webhooks'

export const TYPE_WORDS: Record<MessageType, string> = {
  'dispatch.published': 'Published',
  'dispatch.corrected': 'Corrected',
  'dispatch.withdrawn': 'Withdrawn',
  'webhook.ping': 'Test',
}

export const STATE_WORDS: Record<Webhook['state'], string> = {
  active: 'On',
  off: 'Off',
  gone: 'Off: it answered that it is gone',
}

/** What became of a message, in a sentence. `time` says a moment as people say it. */
export const deliveryWords = ({ state, attempts, answer, nextAt }: Delivery, time: (at: string) => string): string => {
  const tries = attempts === 1 ? 'once' : `${attempts} times`
  switch (state) {
    case 'delivered':
      return `Taken (${answer})`
    case 'failed':
      return attempts === 0 ? 'Not sent' : `Given up after it was tried ${tries}: ${answer}`
    case 'waiting':
      if (attempts === 0) return 'Waits to be sent'
      return `Not taken (${answer}), tried ${tries}${nextAt === null ? '' : `; next at ${time(nextAt)}`}`
  }
}

/** Why the server did not do it. */
export const refusalWords = (answer: Exclude<Outcome<unknown>, { ok: true }>): string => {
  if (answer.fault === 'unreachable') return 'The server cannot be reached. Try again when you are connected.'
  if (answer.fault === 'unreadable') return `The server gave an answer that cannot be read: ${answer.message}`
  const { title, problems = [] } = answer.problem
  return problems.length === 0 ? `${title}.` : problems.map(({ path, message }) => `${path.join('/')}: ${message}`).join('; ')
}
