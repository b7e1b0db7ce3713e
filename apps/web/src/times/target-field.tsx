import { formatShortClock } from '@stet/schema/timeline'
import { useDesk } from '../desk/desk-context.ts'
import { PlainField } from '../fields/plain-field.tsx'
import { parseLength } from './length.ts'
import { targetOf } from './target.ts'

/** How long the dispatch is meant to become. */
export const TargetField = () => {
  const { dispatch } = useDesk().replica
  const target = targetOf(dispatch.meta)
  return (
    <PlainField
      label="Target length"
      place="targetSeconds"
      value={target === null ? '' : formatShortClock(target)}
      placeholder="12:00"
      fault={(draft) => (draft.trim() === '' || parseLength(draft) !== null ? null : 'Minutes, such as 12, or 12:30.')}
      write={(draft) => dispatch.setMeta({ targetSeconds: draft === '' ? null : parseLength(draft) }, 'times')}
    />
  )
}
