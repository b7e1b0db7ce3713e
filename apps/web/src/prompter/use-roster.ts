import { useMemo } from 'react'
import { useObserved } from '../react/use-observed.ts'
import type { Replica } from '../replica/replica.ts'
import type { Voice } from './prompter-text.tsx'

/** Who speaks in the open dispatch, as it is now. */
export const useRoster = ({ dispatch }: Replica): readonly Voice[] => {
  const count = useObserved(dispatch.speakers.map)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count rises with each change of the roster
  return useMemo(
    () =>
      dispatch.speakers
        .list()
        .map(({ id, fields }) => ({ id, name: String(fields.get('name') ?? ''), color: Number(fields.get('color') ?? 1) })),
    [dispatch, count],
  )
}
