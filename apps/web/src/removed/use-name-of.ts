import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import type { NameOf } from './removal-words.ts'

/** The names of the roster, as they are now. */
export const useNameOf = (): NameOf => {
  const { speakers } = useDesk().replica.dispatch
  useObserved(speakers.map)
  return (speaker) => (speaker === null ? '' : String(speakers.map.get(speaker)?.get('name') ?? '').trim())
}
