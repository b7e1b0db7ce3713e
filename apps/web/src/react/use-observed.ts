import { useMemo, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'

/** Renders again when a shared type, or anything in it, changes. For what is small: records, titles, plain fields. */
export const useObserved = (type: Y.AbstractType<never> | Y.Map<unknown> | Y.Map<Y.Map<unknown>> | Y.Text): number => {
  const observed = useMemo(() => {
    let count = 0
    return {
      count: () => count,
      subscribe: (listener: () => void) => {
        const changed = () => {
          count += 1
          listener()
        }
        type.observeDeep(changed)
        return () => type.unobserveDeep(changed)
      },
    }
  }, [type])
  return useSyncExternalStore(observed.subscribe, observed.count)
}
