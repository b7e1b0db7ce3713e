import { isIncompleteUrl } from '@stet/schema/link'
import { useDesk } from '../desk/desk-context.ts'
import { Choice } from '../fields/choice.tsx'
import { PlainField } from '../fields/plain-field.tsx'
import { ProseField } from '../fields/prose-field.tsx'
import { useServices } from '../react/services-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { showNow } from '../replica/session-store.ts'

const origin = 'sources'

const TIERS = [
  { id: '', name: 'None' },
  { id: 'primary', name: 'Primary' },
  { id: 'supporting', name: 'Supporting' },
]

/** Every field of one source. */
export const SourceFields = ({ id }: { id: string }) => {
  const { replica, readOnly } = useDesk()
  const { sessions } = useServices()
  const { sources } = replica.dispatch
  useObserved(sources.map)
  const value = (field: string) => String(sources.map.get(id)?.get(field) ?? '')
  const kind = value('kind')
  const url = value('url')
  // A kind that came with an import stays to be chosen.
  const kinds = [
    { id: '', name: 'None' },
    ...[...new Set([...showNow(sessions).sourceKinds, ...(kind === '' ? [] : [kind])])].map((name) => ({ id: name, name })),
  ]
  return (
    <div className="source-fields">
      <SourceText id={id} field="title" label="Source title" singleLine />
      <div className="source-choices">
        <Choice
          label="Kind"
          value={kind}
          options={kinds}
          isDisabled={readOnly !== null}
          onChange={(next) => sources.set(id, { kind: next }, origin)}
        />
        <Choice
          label="Tier"
          value={value('tier')}
          options={TIERS}
          isDisabled={readOnly !== null}
          onChange={(next) => sources.set(id, { tier: next === '' ? null : next }, origin)}
        />
      </div>
      <SourceText id={id} field="publisher" label="Publisher" singleLine />
      <SourceText id={id} field="description" label="Description" singleLine />
      <SourceText id={id} field="claim" label="Claim" singleLine />
      <PlainField
        label="Link"
        place={`sources/${id}/url`}
        value={url}
        inputMode="url"
        placeholder="https://"
        fault={(draft) => (draft.length > 2_000 ? 'At most 2000 characters.' : null)}
        write={(draft) => sources.set(id, { url: draft }, origin)}
      />
      {isIncompleteUrl(url) ? (
        <p className="hint">This address is shortened and cannot be followed. Paste the whole one.</p>
      ) : null}
      <SourceText id={id} field="citedText" label="Cited text" />
      <SourceText id={id} field="context" label="Context" />
      <SourceText id={id} field="keyPoints" label="Key points" placeholder="One a line" />
    </div>
  )
}

type TextProps = { id: string; field: string; label: string; singleLine?: boolean; placeholder?: string }

const SourceText = ({ id, field, ...rest }: TextProps) => {
  const text = useDesk().replica.dispatch.sources.text(id, field)
  return text === null ? null : <ProseField text={text} place={`sources/${id}/${field}`} {...rest} />
}
