import type { Revisions } from '../revisions/revisions.ts'
import type { Steps } from '../revisions/steps.ts'

/** The same, where `tell` is called after whatever may have added a step. */
export const announced = <Adapters extends { revisions: Revisions; steps: Steps }>(
  { revisions, steps }: Adapters,
  tell: () => void,
): { revisions: Revisions; steps: Steps } => {
  const telling =
    <Args extends unknown[], Answer>(act: (...args: Args) => Answer) =>
    (...args: Args): Answer => {
      const answer = act(...args)
      tell()
      return answer
    }
  return {
    revisions: { ...revisions, publish: telling(revisions.publish), withdraw: telling(revisions.withdraw) },
    steps: { ...steps, add: telling(steps.add) },
  }
}
