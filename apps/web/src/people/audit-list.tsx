import type { ApiClient, Outcome } from '@stet/schema/contract/client'
import type { AuditEntry } from '@stet/schema/contract/people-routes'
import { Button } from 'react-aria-components'
import { Said } from '../account/said.tsx'
import { useAct } from '../account/use-act.ts'
import { useAsked } from '../history/use-asked.ts'
import { useServices } from '../react/services-context.ts'
import { allAudit, newestAudit } from './read-audit.ts'

/** What was done of late that bears on people or on what the public sees; all of it as a file. */
export const AuditList = () => {
  const { api } = useServices()
  const [asked, again] = useAsked('audit', () => newestAudit(api))
  const act = useAct()
  if (asked.state !== 'here') return null
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">What was done</h2>
      <ul className="managed-list">
        {asked.value.map(({ seq, at, act: done, by, byName, about, address }) => (
          <li key={seq}>
            <span className="managed-what">
              {byName ?? by ?? 'Somebody'}: {done} {about}
              <span className="hint">
                <time dateTime={at}>{new Date(at).toLocaleString()}</time>
                {address === '' ? '' : `, from ${address}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div className="managed-acts">
        <Button className="button" isDisabled={act.isBusy} onPress={() => void act.run(() => save(api), 'The file is made.')}>
          Export all as JSON lines
        </Button>
        <Button className="button quiet" onPress={again}>
          Look again
        </Button>
      </div>
      <Said act={act} />
    </section>
  )
}

const save = async (api: ApiClient): Promise<Outcome<readonly AuditEntry[]>> => {
  const all = await allAudit(api)
  if (!all.ok) return all
  const lines = all.value.map((entry) => `${JSON.stringify(entry)}\n`)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(lines, { type: 'application/jsonl' }))
  link.download = 'audit.jsonl'
  link.click()
  URL.revokeObjectURL(link.href)
  return all
}
