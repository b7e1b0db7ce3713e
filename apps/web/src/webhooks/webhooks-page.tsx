import { may } from '@stet/schema/contract/people'
import type { Webhook } from '@stet/schema/contract/webhooks'
import { useCallback, useState } from 'react'
import { Link } from 'wouter'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import { useFeed } from '../react/use-feed.ts'
import { AddWebhook } from './add-webhook.tsx'
import { useLookedUp } from './use-looked-up.ts'
import { WebhookArticle } from './webhook-article.tsx'
import { refusalWords } from './webhook-words.ts'
import '../look/webhooks.css'

const never = () => null

/** Where the owner says who is told of what is published, and sees whether they were. */
const WebhooksPage = () => {
  useStands()
  const { api, sessions } = useServices()
  const session = useFeed(sessions.session)
  const look = useCallback(() => api('listWebhooks'), [api])
  const [listed, lookAgain] = useLookedUp(look, never)
  /** A secret is answered once, so it stands here until the page is left. */
  const [secretByWebhook, setSecrets] = useState<ReadonlyMap<string, string>>(new Map())
  if (session.state !== 'somebody') return null

  const show = async (webhook: Webhook, secret: string) => {
    setSecrets((shown) => new Map([...shown, [webhook.id, secret]]))
    await lookAgain()
  }
  const isOwner = may(session.person, 'configure')
  return (
    <div className="webhooks">
      <title>{`Webhooks · ${session.site.name} · Stet`}</title>
      <header className="bar">
        <Brand />
        <span className="crumb">
          <Link href="/">All dispatches</Link>
        </span>
      </header>
      <main>
        <h1>Webhooks</h1>
        {isOwner ? (
          <>
            <p className="hint">
              Addresses that are told of everything that is published, corrected or withdrawn. Messages are signed by Standard
              Webhooks, and sent again for three days where they are not taken.
            </p>
            <AddWebhook onAdded={show} />
            {listed === null ? <p className="empty">Asking…</p> : null}
            {listed !== null && !listed.ok ? (
              <p className="notice bad" role="alert">
                {refusalWords(listed)}
              </p>
            ) : null}
            {listed?.ok && listed.value.webhooks.length === 0 ? <p className="empty">Nobody is told yet.</p> : null}
            {listed?.ok
              ? listed.value.webhooks.map((webhook) => (
                  <WebhookArticle
                    key={webhook.id}
                    webhook={webhook}
                    secret={secretByWebhook.get(webhook.id) ?? null}
                    onChanged={lookAgain}
                    onSecret={show}
                  />
                ))
              : null}
          </>
        ) : (
          <p>Webhooks are looked after by the owner of this desk.</p>
        )}
      </main>
    </div>
  )
}

export default WebhooksPage
