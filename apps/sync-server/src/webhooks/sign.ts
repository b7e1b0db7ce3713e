import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

export const newWebhookSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/**
 * The headers of Standard Webhooks. There is one signature for each secret, so that whoever has not taken up the new one yet still
 * finds theirs. `at`: of this attempt, in milliseconds since 1970, so that an old message sent again is not taken for a replayed one.
 */
export const signedHeaders = (message: string, body: string, secrets: readonly string[], at: number): Record<string, string> => {
  const timestamp = Math.floor(at / 1_000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${message}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'content-type': 'application/json',
    'webhook-id': message,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
