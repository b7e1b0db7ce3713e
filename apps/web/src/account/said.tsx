import type { Act } from './use-act.ts'

/** Read aloud as it changes, so it stands even while it is empty. */
export const Said = ({ act }: { readonly act: Act }) => (
  <p role="status" className={act.said?.isFault ? 'fault' : 'hint'}>
    {act.said?.text ?? ''}
  </p>
)
